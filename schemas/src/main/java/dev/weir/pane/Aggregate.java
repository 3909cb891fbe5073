package dev.weir.pane;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one series did in one slice of time, pane or window: grows by single values or by merging.
 *
 * <p>Merging is associative and commutative and sums are exact, so any order of events and any split into panes gives the
 * same aggregate. Values are in the unit of the series; times are event times in ms. Not thread-safe.
 */
public final class Aggregate {
    private static final int VERSION = 1;

    private final MetricKind kind;
    private final SketchRange range;
    private final @Nullable Sketch sketch;
    private final Map<Outcome, ExactSum> outcomes = new EnumMap<>(Outcome.class);
    private ExactSum sum = new ExactSum();
    private RunningTotal total = new RunningTotal();
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private @Nullable Point last;

    /** An empty aggregate; {@code range} is used for the sketch of kind OBSERVATION. */
    public Aggregate(MetricKind kind, SketchRange range) {
        this(kind, range, kind == MetricKind.OBSERVATION ? new Sketch(range) : null);
    }

    private Aggregate(MetricKind kind, SketchRange range, @Nullable Sketch sketch) {
        this.kind = kind;
        this.range = range;
        this.sketch = sketch;
    }

    /** Adds one event. */
    public void record(long timestampMs, double value, @Nullable Outcome outcome) {
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        switch (kind) {
            case COUNT -> sum.add(value);
            case OBSERVATION -> {
                sum.add(value);
                observations().record(value);
            }
            case GAUGE -> {
                sum.add(value);
                last = later(last, new Point(timestampMs, value));
            }
            case CUMULATIVE -> {
                Point point = new Point(timestampMs, value);
                total.add(point);
                last = later(last, point);
            }
        }
        if (outcome != null) {
            outcomeSum(outcome).add(kind == MetricKind.COUNT ? value : 1);
        }
    }

    /**
     * Adds the observations that a service has already put into a histogram; each lands in the bucket of its middle value.
     *
     * @param observed not empty
     * @param observedSum exact sum, or null to take the buckets' middle values
     */
    public void record(Sketch observed, @Nullable Double observedSum, @Nullable Outcome outcome) {
        Sketch own = observations();
        count += observed.count();
        observed.forEachBucket((low, high, inBucket) -> {
            double middle = low + (high - low) / 2;
            min = Math.min(min, low);
            max = Math.max(max, high);
            own.recordTicks(range.ticks(middle), inBucket);
            if (observedSum == null) {
                sum.add(middle * inBucket);
            }
        });
        if (observedSum != null) {
            sum.add(observedSum);
        }
        if (outcome != null) {
            outcomeSum(outcome).add((double) observed.count());
        }
    }

    /** Adds all of {@code other}, which stays as it is. */
    public void merge(Aggregate other) {
        if (other.kind != kind) {
            throw new IllegalArgumentException("kind is " + other.kind + ", must be " + kind + " to merge");
        }
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        sum.add(other.sum);
        total.addAll(other.total);
        if (other.sketch != null) {
            observations().merge(other.sketch);
        }
        if (other.last != null) {
            last = later(last, other.last);
        }
        other.outcomes.forEach((outcome, amount) -> outcomeSum(outcome).add(amount));
    }

    public MetricKind kind() {
        return kind;
    }

    /** Number of events; of histogram events, their observations. */
    public long count() {
        return count;
    }

    /** COUNT: the increments. OBSERVATION, GAUGE: the values. CUMULATIVE: the increase. Exact, rounded once. */
    public double sum() {
        return kind == MetricKind.CUMULATIVE ? total.increase() : sum.value();
    }

    /** Smallest value; infinite when empty. */
    public double min() {
        return min;
    }

    /** Largest value; negative infinite when empty. */
    public double max() {
        return max;
    }

    /** GAUGE and CUMULATIVE: the value with the greatest time (of several, the greatest value). Else empty. */
    public OptionalDouble last() {
        return last == null ? OptionalDouble.empty() : OptionalDouble.of(last.value());
    }

    /** Time of {@link #last()}, or 0 where there is none. */
    public long lastTimestampMs() {
        return last == null ? 0 : last.timestampMs();
    }

    /** COUNT: the sum of the increments with this outcome; else the number of events with it. */
    public double outcome(Outcome outcome) {
        ExactSum amount = outcomes.get(outcome);
        return amount == null ? 0 : amount.value();
    }

    /** CUMULATIVE: the samples by time, as many as its increase needs. Else empty. */
    public List<Point> points() {
        return total.points();
    }

    /** The histogram of the values for OBSERVATION, null for other kinds. Owned by this aggregate: do not change. */
    public @Nullable Sketch sketch() {
        return sketch;
    }

    private Sketch observations() {
        if (sketch == null) {
            throw new IllegalStateException("kind is " + kind + ", must be OBSERVATION for a histogram");
        }
        return sketch;
    }

    private ExactSum outcomeSum(Outcome outcome) {
        return outcomes.computeIfAbsent(outcome, absent -> new ExactSum());
    }

    private static Point later(@Nullable Point one, Point two) {
        return one == null || one.compareTo(two) < 0 ? two : one;
    }

    /** Appends bytes that {@link #mergeFrom} reads. */
    public void writeTo(ByteOutput out) {
        byte[] encoded = encode();
        out.putVarLong(encoded.length);
        out.putBytes(encoded, 0, encoded.length);
    }

    /** Adds what {@link #writeTo} has written, and moves the input behind it. */
    public void mergeFrom(ByteInput in) {
        int length = in.getLength();
        merge(decode(ByteBuffer.wrap(in.array(), in.skip(length), length)));
    }

    /** The aggregate that {@link #writeTo} has written; moves the input behind it. */
    public static Aggregate read(ByteInput in) {
        int length = in.getLength();
        return decode(ByteBuffer.wrap(in.array(), in.skip(length), length));
    }

    /** The bytes that {@link #decode} reads. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The aggregate that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    public static Aggregate decode(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        try {
            return readFrom(new DataInputStream(new ByteArrayInputStream(copy)));
        } catch (IOException e) {
            throw new IllegalArgumentException("aggregate of " + copy.length + " bytes is cut short", e);
        }
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(kind.name());
        out.writeDouble(range.ticksPerUnit());
        out.writeLong(range.highestTicks());
        out.writeByte(range.digits());
        out.writeLong(count);
        out.writeDouble(min);
        out.writeDouble(max);
        sum.writeTo(out);
        out.writeByte(outcomes.size());
        for (Map.Entry<Outcome, ExactSum> entry : outcomes.entrySet()) {
            out.writeUTF(entry.getKey().name());
            entry.getValue().writeTo(out);
        }
        out.writeBoolean(last != null);
        if (last != null) {
            out.writeLong(last.timestampMs());
            out.writeDouble(last.value());
        }
        total.writeTo(out);
        byte[] encoded = sketch == null ? new byte[0] : sketch.encode();
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    private static Aggregate readFrom(DataInputStream in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("aggregate version is " + version + ", must be " + VERSION);
        }
        MetricKind kind = MetricKind.valueOf(in.readUTF());
        SketchRange range = new SketchRange(in.readDouble(), in.readLong(), in.readByte());
        long count = in.readLong();
        double min = in.readDouble();
        double max = in.readDouble();
        ExactSum sum = ExactSum.readFrom(in);
        Map<Outcome, ExactSum> outcomes = new EnumMap<>(Outcome.class);
        for (int i = in.readByte(); i > 0; i--) {
            outcomes.put(Outcome.valueOf(in.readUTF()), ExactSum.readFrom(in));
        }
        Point last = in.readBoolean() ? new Point(in.readLong(), in.readDouble()) : null;
        RunningTotal total = RunningTotal.readFrom(in);
        byte[] encoded = in.readNBytes(in.readInt());
        Aggregate aggregate =
                new Aggregate(kind, range, encoded.length == 0 ? null : Sketch.decode(ByteBuffer.wrap(encoded)));
        aggregate.count = count;
        aggregate.min = min;
        aggregate.max = max;
        aggregate.sum = sum;
        aggregate.outcomes.putAll(outcomes);
        aggregate.last = last;
        aggregate.total = total;
        return aggregate;
    }
}
