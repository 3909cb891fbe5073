package dev.weir.sink.schema;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of the tables.
 *
 * @param script its file, such as {@code V1__monitoring_schema.sql}
 * @param state Flyway's word in lower case: success, pending, failed, future_success when a newer build applied it, …
 * @param installedAt null when it is not in the database
 * @param reversible whether this build has the file that undoes it
 */
public record SchemaVersion(
        int version, String script, String state, @Nullable Instant installedAt, boolean reversible) {}
