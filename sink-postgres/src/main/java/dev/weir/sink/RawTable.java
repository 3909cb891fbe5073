package dev.weir.sink;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Single measurements in {@code monitoring.pipeline_metrics}, written with COPY. Nothing in a row tells whether it was
 * written before: they are stored once by their offsets alone.
 *
 * @param <V> the records that hold measurements
 */
final class RawTable<V> implements RowTable<V, RawRow> {
    private static final String COPY =
            "COPY monitoring.pipeline_metrics (metric_name, metric_value, unit, tags, timestamp) FROM STDIN";
    private static final int CHUNK = 1 << 16;

    private final Class<V> recordType;
    private final Reader<V> reader;
    private final Partitions partitions;

    private interface Reader<V> {
        List<RawRow> rows(V value, ConsumerRecord<byte[], byte[]> source);
    }

    private RawTable(Class<V> recordType, Reader<V> reader, Partitions partitions) {
        this.recordType = recordType;
        this.reader = reader;
        this.partitions = partitions;
    }

    static RawTable<MetricEvent> ofEvents(RawSelection selection, Partitions partitions) {
        return new RawTable<>(
                MetricEvent.class,
                (event, source) -> {
                    if (!selection.takes(event.getMetric(), event.getEventId(), source, 0)) {
                        return List.of();
                    }
                    return List.of(row(
                            event.getMetric(),
                            event.getValue(),
                            event.getUnit(),
                            tags(event.getLabels(), Map.of(), event.getService(), event.getOutcome()),
                            event.getTimestamp(),
                            source));
                },
                partitions);
    }

    static RawTable<MetricBatch> ofBatches(RawSelection selection, Partitions partitions) {
        return new RawTable<>(
                MetricBatch.class,
                (batch, source) -> {
                    List<RawRow> rows = new ArrayList<>();
                    int index = 0;
                    for (Measurement each : batch.getMeasurements()) {
                        if (selection.takes(each.getMetric(), each.getEventId(), source, index++)) {
                            rows.add(row(
                                    each.getMetric(),
                                    each.getValue(),
                                    each.getUnit(),
                                    tags(batch.getLabels(), each.getLabels(), batch.getService(), each.getOutcome()),
                                    each.getTimestamp(),
                                    source));
                        }
                    }
                    return rows;
                },
                partitions);
    }

    @Override
    public Class<V> recordType() {
        return recordType;
    }

    @Override
    public List<RawRow> rows(V value, ConsumerRecord<byte[], byte[]> source) {
        List<RawRow> rows = reader.rows(value, source);
        rows.forEach(row -> partitions.requireRetained(TimedRows.RAW, "timestamp", row.timestamp()));
        return rows;
    }

    @Override
    public List<RawRow> arrange(List<RawRow> rows) {
        return List.copyOf(rows);
    }

    @Override
    public void prepare(Handle handle, List<RawRow> rows) {
        rows.forEach(row -> partitions.ensure(handle, TimedRows.RAW, row.timestamp()));
    }

    @Override
    public long write(Handle handle, List<RawRow> rows) {
        try {
            CopyIn copy = handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(COPY);
            try {
                StringBuilder lines = new StringBuilder(CHUNK);
                for (RawRow row : rows) {
                    line(lines, row);
                    if (lines.length() >= CHUNK) {
                        flush(copy, lines);
                    }
                }
                flush(copy, lines);
                return copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            // A partition may be gone.
            partitions.forget();
            throw new CopyFailedException(e);
        }
    }

    private static RawRow row(
            String metric,
            double value,
            @Nullable String unit,
            Map<String, String> tags,
            Instant timestamp,
            ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("metric", metric);
        StorableText.require("unit", unit);
        if (!Double.isFinite(value)) {
            throw new UnstorableException("value of " + metric + " is " + value + ", must be finite");
        }
        StorableText.requireAll("label", tags);
        return new RawRow(metric, value, unit, StorableText.json(tags), timestamp, source);
    }

    /** An empty value is the same as no label, as in the aggregates. */
    private static Map<String, String> tags(
            Map<String, String> shared, Map<String, String> own, String service, @Nullable Outcome outcome) {
        Map<String, String> tags = new TreeMap<>(shared);
        tags.putAll(own);
        tags.values().removeIf(String::isEmpty);
        tags.put("service", service);
        if (outcome != null) {
            tags.put("outcome", outcome.name());
        }
        return tags;
    }

    private static void flush(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    private static void line(StringBuilder out, RawRow row) {
        field(out, row.metric());
        out.append('\t').append(row.value()).append('\t');
        field(out, row.unit());
        out.append('\t');
        field(out, row.tags());
        out.append('\t').append(row.timestamp()).append('\n');
    }

    /** A field in COPY's text format. */
    private static void field(StringBuilder out, @Nullable String text) {
        if (text == null) {
            out.append("\\N");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
    }
}
