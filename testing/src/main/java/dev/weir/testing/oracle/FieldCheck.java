package dev.weir.testing.oracle;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the fields of one window and reports each that differs, with both values. */
record FieldCheck(Mismatches mismatches, WindowId window) {
    void same(String field, long observed, long expected) {
        if (observed != expected) {
            differs(field, observed, expected);
        }
    }

    /** Equal numbers; 0.0 and -0.0 are. */
    void same(String field, double observed, double expected) {
        if (observed != expected) {
            differs(field, observed, expected);
        }
    }

    void same(String field, @Nullable Object observed, @Nullable Object expected) {
        if (!Objects.equals(observed, expected)) {
            differs(field, observed, expected);
        }
    }

    /** Both absent, or equal but for the rounding of one division of rounded numbers. */
    void quotient(String field, @Nullable Double observed, @Nullable Double expected) {
        boolean equal = (observed == null || expected == null)
                ? Objects.equals(observed, expected)
                : within(observed, expected, 4 * Math.ulp(expected));
        if (!equal) {
            differs(field, observed, expected);
        }
    }

    void close(String field, @Nullable Double observed, double expected, double tolerance) {
        if (observed == null || !within(observed, expected, tolerance)) {
            mismatches.add(window, field + " is " + observed + ", must be " + expected + " +- " + tolerance);
        }
    }

    void report(String difference) {
        mismatches.add(window, difference);
    }

    private static boolean within(double observed, double expected, double tolerance) {
        return Math.abs(observed - expected) <= tolerance;
    }

    private void differs(String field, @Nullable Object observed, @Nullable Object expected) {
        mismatches.add(window, field + " is " + observed + ", must be " + expected);
    }
}
