package dev.weir.sink;

import dev.weir.events.MonitoringEvent;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/** Monitoring events in {@code public.monitoring_events}: a record a row, stored once by its offset alone. */
final class MonitoringEventTable implements RowTable<MonitoringEvent, Sourced<MonitoringEvent>> {
    private static final String INSERT = """
            INSERT INTO public.monitoring_events (event_type, service, details, created_at)
            SELECT event_type, service, coalesce(details, '{}')::jsonb,
                'epoch'::timestamptz + at_ms * interval '1 millisecond'
            FROM unnest(:event_type::text[], :service::text[], :details::text[], :at_ms::bigint[])
                AS r (event_type, service, details, at_ms)
            """;

    private final Partitions partitions;

    MonitoringEventTable(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Class<MonitoringEvent> recordType() {
        return MonitoringEvent.class;
    }

    @Override
    public List<Sourced<MonitoringEvent>> rows(MonitoringEvent value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("event_type", value.getEventType());
        StorableText.require("service", value.getService());
        StorableText.requireJsonObject("details", value.getDetails());
        partitions.requireRetained(TimedRows.EVENTS, "timestamp", value.getTimestamp());
        return List.of(new Sourced<>(value, source));
    }

    @Override
    public List<Sourced<MonitoringEvent>> arrange(List<Sourced<MonitoringEvent>> rows) {
        return List.copyOf(rows);
    }

    @Override
    public void prepare(Handle handle, List<Sourced<MonitoringEvent>> rows) {
        rows.forEach(
                row -> partitions.ensure(handle, TimedRows.EVENTS, row.value().getTimestamp()));
    }

    @Override
    public long write(Handle handle, List<Sourced<MonitoringEvent>> rows) {
        try (Update update = handle.createUpdate(INSERT)) {
            new ColumnArrays<>(update, rows)
                    .text("event_type", row -> row.value().getEventType())
                    .text("service", row -> row.value().getService())
                    .text("details", row -> row.value().getDetails())
                    .ms("at_ms", row -> row.value().getTimestamp());
            return update.execute();
        } catch (JdbiException e) {
            // One of them may be gone.
            partitions.forget();
            throw e;
        }
    }
}
