package dev.weir.sink.schema;

import org.jspecify.annotations.Nullable;

/**
 * One object of the database that is not as this build makes it.
 *
 * @param object kind and name, such as {@code column monitoring.worker_issues.severity}
 * @param expected its definition in this build; null when it is extra
 * @param found its definition in the database; null when it is missing
 */
public record CatalogMismatch(
        String object, @Nullable String expected, @Nullable String found) {
    /** True if Weir can work beside it. */
    public boolean isExtra() {
        return expected == null;
    }

    @Override
    public String toString() {
        if (expected == null) {
            return object + " is extra, this build does not have it";
        }
        if (found == null) {
            return object + " is missing";
        }
        return object + " is changed: is " + found + ", must be " + expected;
    }
}
