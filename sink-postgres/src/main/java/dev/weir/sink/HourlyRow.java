package dev.weir.sink;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.pane.ExactSum;
import dev.weir.sketch.Sketch;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A row with period {@code hourly}, and the record it came from. */
record HourlyRow(AggregateRow row, @Override ConsumerRecord<byte[], byte[]> source) implements Row {
    private static final String SERVICE = "service";

    /** @throws UnstorableException naming the part that cannot be stored or merged */
    static HourlyRow of(WindowAggregate aggregate, ConsumerRecord<byte[], byte[]> source) {
        boolean empty = aggregate.getCount() == 0;
        return new HourlyRow(
                new AggregateRow(
                        key(aggregate),
                        aggregate.getCount(),
                        empty ? null : aggregate.getMin(),
                        empty ? null : aggregate.getMax(),
                        aggregate.getSum(),
                        exactSum(aggregate),
                        finiteTotal("first", aggregate, aggregate.getFirst()),
                        finiteTotal("last", aggregate, aggregate.getLast()),
                        new Outcomes(
                                aggregate.getSuccessCount(),
                                aggregate.getErrorCount(),
                                aggregate.getHitCount(),
                                aggregate.getMissCount(),
                                aggregate.getErrorRatio(),
                                aggregate.getHitRatio()),
                        Percentiles.of(aggregate.getQuantiles()),
                        sketch(aggregate),
                        aggregate.getFinal$(),
                        aggregate.getRevision(),
                        aggregate.getWindowEnd().toEpochMilli()),
                source);
    }

    RowKey key() {
        return row.key();
    }

    private static RowKey key(WindowAggregate aggregate) {
        StorableText.require("metric", aggregate.getMetric());
        StorableText.require(SERVICE, aggregate.getService());
        Map<String, String> dimensions = new TreeMap<>(aggregate.getLabels());
        StorableText.requireAll("label", dimensions);
        if (dimensions.put(SERVICE, aggregate.getService()) != null) {
            throw new UnstorableException("label service is set, must be the field service");
        }
        String unit = aggregate.getUnit();
        return new RowKey(
                Period.HOURLY,
                aggregate.getMetric(),
                aggregate.getWindowStart().toEpochMilli(),
                StorableText.json(dimensions),
                aggregate.getKind(),
                unit == null ? "" : unit);
    }

    private static BigDecimal exactSum(WindowAggregate aggregate) {
        ByteBuffer exact = aggregate.getExactSum();
        if (exact == null) {
            return AggregateRow.exact(aggregate.getSum());
        }
        try {
            return ExactSum.decode(exact);
        } catch (IllegalArgumentException e) {
            throw new UnstorableException("exact_sum cannot be read: " + e.getMessage());
        }
    }

    private static @Nullable Double finiteTotal(String field, WindowAggregate aggregate, @Nullable Double value) {
        if (aggregate.getKind() == MetricKind.CUMULATIVE && value != null && !Double.isFinite(value)) {
            throw new UnstorableException(field + " is " + value + ", must be finite for CUMULATIVE");
        }
        return value;
    }

    /** Days and weeks need it, so one that cannot be read is refused now. */
    private static @Nullable ByteBuffer sketch(WindowAggregate aggregate) {
        ByteBuffer bytes = aggregate.getSketch();
        if (bytes == null || aggregate.getKind() != MetricKind.OBSERVATION) {
            return null;
        }
        try {
            Sketch.decode(bytes.duplicate());
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new UnstorableException("sketch cannot be read: " + e.getMessage());
        }
    }
}
