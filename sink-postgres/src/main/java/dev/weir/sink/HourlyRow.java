package dev.weir.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code monitoring.aggregated_metrics} with period {@code hourly}, and the record it came from.
 *
 * @param dimensions the labels and {@code service} as a JSON object with sorted keys: equal label sets, equal text
 */
record HourlyRow(WindowAggregate aggregate, String dimensions, ConsumerRecord<byte[], byte[]> source) implements Row {
    /** One order for all writers: two transactions that share rows lock them in the same sequence. */
    static final Comparator<HourlyRow> WRITE_ORDER = Comparator.comparing(HourlyRow::metric)
            .thenComparing(row -> row.aggregate.getWindowStart())
            .thenComparing(HourlyRow::dimensions)
            .thenComparing(row -> row.aggregate.getKind())
            .thenComparing(HourlyRow::unit);

    private static final JsonMapper JSON = new JsonMapper();
    private static final char NUL = '\0';
    private static final String SERVICE = "service";

    /** @throws UnstorableException naming the part that PostgreSQL cannot hold */
    static HourlyRow of(WindowAggregate aggregate, ConsumerRecord<byte[], byte[]> source) {
        refuseNul("metric", aggregate.getMetric());
        refuseNul(SERVICE, aggregate.getService());
        Map<String, String> dimensions = new TreeMap<>(aggregate.getLabels());
        dimensions.forEach((name, value) -> {
            refuseNul("label name", name);
            refuseNul("label " + name, value);
        });
        if (dimensions.put(SERVICE, aggregate.getService()) != null) {
            throw new UnstorableException("label service is set, must be the field service");
        }
        return new HourlyRow(aggregate, json(dimensions), source);
    }

    String metric() {
        return aggregate.getMetric();
    }

    /** Empty where the events gave none. */
    String unit() {
        String unit = aggregate.getUnit();
        return unit == null ? "" : unit;
    }

    /** The row this one competes for. */
    Key key() {
        return new Key(metric(), aggregate.getWindowStart().toEpochMilli(), dimensions, aggregate.getKind(), unit());
    }

    /** Null where the mean has no meaning: nothing counted, or a sum that is the increase of a running total. */
    @Nullable
    Double average() {
        return isEmpty() || aggregate.getKind() == MetricKind.CUMULATIVE
                ? null
                : Double.valueOf(aggregate.getSum() / aggregate.getCount());
    }

    @Nullable
    Double min() {
        return isEmpty() ? null : Double.valueOf(aggregate.getMin());
    }

    @Nullable
    Double max() {
        return isEmpty() ? null : Double.valueOf(aggregate.getMax());
    }

    @Nullable
    Double quantile(double quantile) {
        for (QuantileValue value : aggregate.getQuantiles()) {
            if (value.getQuantile() == quantile) {
                return value.getValue();
            }
        }
        return null;
    }

    byte @Nullable [] sketch() {
        ByteBuffer sketch = aggregate.getSketch();
        if (sketch == null) {
            return null;
        }
        byte[] bytes = new byte[sketch.remaining()];
        sketch.duplicate().get(bytes);
        return bytes;
    }

    private boolean isEmpty() {
        return aggregate.getCount() == 0;
    }

    private static void refuseNul(String what, String text) {
        if (text.indexOf(NUL) >= 0) {
            throw new UnstorableException(what + " is \"" + text.replace(NUL, '\u2400')
                    + "\" with U+0000 (shown as \u2400), which PostgreSQL cannot store");
        }
    }

    private static String json(Map<String, String> dimensions) {
        try {
            return JSON.writeValueAsString(dimensions);
        } catch (JsonProcessingException e) {
            throw new UnstorableException("labels cannot be written as JSON: " + e.getOriginalMessage());
        }
    }

    /** What is unique in the table. */
    record Key(String metric, long startMs, String dimensions, MetricKind kind, String unit) {}
}
