package dev.weir.benchmarks.engine.system;

import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A stock HdrHistogram with its totals, decoded and encoded for every event as the DSL demands. */
final class DenseAggregation implements DslAggregation<DenseAggregation.Window> {
    private static final double TICKS = 1e6;
    private static final long HIGHEST = 3_600_000_000L;
    private static final int DIGITS = 2;
    private static final int TOTALS_BYTES = 5 * Long.BYTES;

    /** Changes with every event; the DSL gives it to one thread at a time. */
    static final class Window {
        private final Histogram values;
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private long errors;

        Window(Histogram values) {
            this.values = values;
        }
    }

    @Override
    public Window empty() {
        return new Window(new Histogram(1, HIGHEST, DIGITS));
    }

    @Override
    public Window add(MetricEvent event, Window window) {
        double value = event.getValue();
        window.count++;
        window.sum += value;
        window.min = Math.min(window.min, value);
        window.max = Math.max(window.max, value);
        window.errors += event.getOutcome() == Outcome.ERROR ? 1 : 0;
        window.values.recordValue(Math.min(HIGHEST, Math.round(value * TICKS)));
        return window;
    }

    @Override
    public Serde<Window> serde() {
        return Serdes.serdeFrom(
                (topic, window) -> encode(window), (topic, bytes) -> decode(Objects.requireNonNull(bytes)));
    }

    private static byte[] encode(Window window) {
        ByteBuffer bytes = ByteBuffer.allocate(TOTALS_BYTES + window.values.getNeededByteBufferCapacity());
        bytes.putLong(window.count)
                .putDouble(window.sum)
                .putDouble(window.min)
                .putDouble(window.max)
                .putLong(window.errors);
        window.values.encodeIntoByteBuffer(bytes);
        byte[] encoded = new byte[bytes.position()];
        bytes.flip().get(encoded);
        return encoded;
    }

    private static Window decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        long count = bytes.getLong();
        double sum = bytes.getDouble();
        double min = bytes.getDouble();
        double max = bytes.getDouble();
        long errors = bytes.getLong();
        Window window = new Window(Histogram.decodeFromByteBuffer(bytes, HIGHEST));
        window.count = count;
        window.sum = sum;
        window.min = min;
        window.max = max;
        window.errors = errors;
        return window;
    }
}
