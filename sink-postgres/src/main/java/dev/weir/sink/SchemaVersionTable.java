package dev.weir.sink;

import dev.weir.events.SchemaVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The schema versions of components in {@code monitoring.schema_versions}: one row a version, with the first and last
 * instant at which it was in use. The one last in use is the active one.
 */
final class SchemaVersionTable implements RowTable<SchemaVersion, SchemaVersionTable.Usage> {
    private static final String UPSERT = """
            INSERT INTO monitoring.schema_versions AS t (environment, component, version, first_seen, last_seen)
            SELECT environment, component, version,
                'epoch'::timestamptz + first_ms * interval '1 millisecond',
                'epoch'::timestamptz + last_ms * interval '1 millisecond'
            FROM unnest(
                :environment::text[], :component::text[], :version::text[], :first_ms::bigint[], :last_ms::bigint[])
                AS r (environment, component, version, first_ms, last_ms)
            ON CONFLICT (environment, component, version)
            DO UPDATE SET
                first_seen = least(t.first_seen, excluded.first_seen),
                last_seen = greatest(t.last_seen, excluded.last_seen)
            WHERE excluded.first_seen < t.first_seen OR excluded.last_seen > t.last_seen
            """;

    /** One version of a component, in use at two instants at least or at one. */
    record Usage(SchemaVersion version, Instant first, Instant last, ConsumerRecord<byte[], byte[]> source)
            implements Row {
        static final Comparator<Usage> WRITE_ORDER = Comparator.comparing(Usage::environment)
                .thenComparing(Usage::component)
                .thenComparing(Usage::text);

        String environment() {
            return version.getEnvironment();
        }

        String component() {
            return version.getComponent();
        }

        String text() {
            return version.getVersion();
        }

        Usage merged(Usage other) {
            return new Usage(
                    version,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    source);
        }
    }

    @Override
    public Class<SchemaVersion> recordType() {
        return SchemaVersion.class;
    }

    @Override
    public List<Usage> rows(SchemaVersion value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("environment", value.getEnvironment());
        StorableText.requirePresent("component", value.getComponent());
        StorableText.requirePresent("version", value.getVersion());
        return List.of(new Usage(value, value.getTimestamp(), value.getTimestamp(), source));
    }

    @Override
    public List<Usage> arrange(List<Usage> rows) {
        return RowTable.onePerKey(
                rows, row -> List.of(row.environment(), row.component(), row.text()), Usage::merged, Usage.WRITE_ORDER);
    }

    @Override
    public long write(Handle handle, List<Usage> rows) {
        try (Update update = handle.createUpdate(UPSERT)) {
            new ColumnArrays<>(update, rows)
                    .text("environment", Usage::environment)
                    .text("component", Usage::component)
                    .text("version", Usage::text)
                    .ms("first_ms", Usage::first)
                    .ms("last_ms", Usage::last);
            return update.execute();
        }
    }
}
