package dev.weir.pane;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.BucketTally;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
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
 *
 * <p>Recording and merging, also from bytes, allocate nothing for COUNT and OBSERVATION but what an array of the sketch
 * must grow. CUMULATIVE keeps its samples: a thousand, or more if it is reset more often. GAUGE keeps all samples up to
 * {@value #MAX_GAUGE_SAMPLES}, and none if there were more.
 */
public final class Aggregate {
    /*
     * In one file of over 500 lines, since all that adds, by value, by aggregate and from bytes, is about the same few fields.
     *
     * Layout. One object that holds all but the sketch and the exact sums, as there is one for each series and pane and each
     * object less is a cache miss less an event. With 100 latencies it takes less than 1 KB, most of it the sketch's array.
     *
     * Bytes, variable-length integers unless said otherwise:
     *   byte      format << 4 | kind
     *   range     one byte if it is a default one (SketchRange)
     *   sketch    OBSERVATION (CompactCodec, begins with the count); else the count. If that is 0, nothing follows.
     *   byte      the lengths of min and max << 4, of which 15 says that max is min; then their leading bytes
     *   sum       not CUMULATIVE (ExactSum)
     *   byte      one bit for each outcome that is not 0; then for each its ExactSum (COUNT) or count
     *   samples   GAUGE (GaugeSamples), CUMULATIVE (RunningTotal)
     */
    public static final int MAX_GAUGE_SAMPLES = GaugeSamples.MOST;

    private static final int LENGTH_BITS = 4;
    private static final int LOW_BITS = 15;
    private static final int SAME = 15;
    /** By their bit in the bytes: append, never reorder. */
    private static final Outcome[] OUTCOMES = {Outcome.SUCCESS, Outcome.ERROR, Outcome.HIT, Outcome.MISS};

    private final MetricKind kind;
    private final SketchRange range;
    private final @Nullable Sketch sketch;
    private final @Nullable RunningTotal total;
    private final @Nullable GaugeSamples gauge;
    private final ExactSum sum = new ExactSum();
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long successes;
    private long errors;
    private long hits;
    private long misses;
    /** The sums by outcome of COUNT, from the first event that has one; other kinds count events in the fields above. */
    private @Nullable Map<Outcome, ExactSum> outcomeSums;

    /** An empty aggregate; {@code range} is used for the sketch of kind OBSERVATION. */
    public Aggregate(MetricKind kind, SketchRange range) {
        this.kind = kind;
        this.range = range;
        sketch = kind == MetricKind.OBSERVATION ? new Sketch(range) : null;
        total = kind == MetricKind.CUMULATIVE ? new RunningTotal() : null;
        gauge = kind == MetricKind.GAUGE ? new GaugeSamples() : null;
    }

    /**
     * Adds one event.
     *
     * @throws IllegalArgumentException if the value is not finite, GAUGE aside, or negative for OBSERVATION; nothing has been
     *     added then
     */
    public void record(long timestampMs, double value, @Nullable Outcome outcome) {
        switch (kind) {
            case COUNT -> sum.add(value);
            case OBSERVATION -> {
                requireFinite(value);
                required(MetricKind.OBSERVATION, sketch).record(value);
                sum.add(value);
            }
            case GAUGE -> {
                if (Double.isFinite(value)) {
                    sum.add(value);
                }
                required(MetricKind.GAUGE, gauge).add(timestampMs, value);
            }
            case CUMULATIVE -> {
                requireFinite(value);
                required(MetricKind.CUMULATIVE, total).add(timestampMs, value);
            }
        }
        count++;
        double number = canonical(value);
        min = Math.min(min, number);
        max = Math.max(max, number);
        if (outcome != null) {
            if (kind == MetricKind.COUNT) {
                outcomeSum(outcome).add(value);
            } else {
                addOutcome(outcome, 1);
            }
        }
    }

    /** Adds what {@link Observations#moveTo} moves here. */
    void record(Observations observed, BucketTally tally) {
        int size = observed.size();
        double[] values = observed.values;
        required(MetricKind.OBSERVATION, sketch).record(values, size, tally);
        // As they are not negative, their bits are in the order of the values, which a processor compares in a fraction
        // of the time.
        long least = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            sum.add(values[i]);
            long bits = Double.doubleToRawLongBits(values[i]);
            least = Math.min(least, bits);
            greatest = Math.max(greatest, bits);
        }
        if (size > 0) {
            min = Math.min(min, Double.longBitsToDouble(least));
            max = Math.max(max, Double.longBitsToDouble(greatest));
        }
        for (Outcome outcome : OUTCOMES) {
            addOutcome(outcome, observed.count(outcome));
        }
        count += size;
    }

    /**
     * Adds the observations that a service has already put into a histogram; each lands in the bucket of its middle value.
     *
     * @param observed not empty
     * @param observedSum exact sum, or null to take the buckets' middle values
     */
    public void record(Sketch observed, @Nullable Double observedSum, @Nullable Outcome outcome) {
        if (observed.isEmpty()) {
            throw new IllegalArgumentException("count is 0, must be > 0 (histogram)");
        }
        required(MetricKind.OBSERVATION, sketch).merge(observed);
        count += observed.count();
        observed.forEachBucket((low, high, inBucket) -> {
            min = Math.min(min, low);
            max = Math.max(max, high);
            if (observedSum == null) {
                sum.add(Sketch.middle(low, high) * inBucket);
            }
        });
        if (observedSum != null) {
            sum.add(observedSum);
        }
        if (outcome != null) {
            addOutcome(outcome, observed.count());
        }
    }

    /**
     * Adds all of {@code other}, which stays as it is and is not this one.
     *
     * <p>If the ranges of the sketches differ, this one's remains: see {@link Sketch#merge} for the error.
     *
     * @throws IllegalArgumentException if the kinds differ
     */
    public void merge(Aggregate other) {
        requireKind(other.kind);
        if (other.count == 0) {
            return;
        }
        if (other.sketch != null) {
            required(MetricKind.OBSERVATION, sketch).merge(other.sketch);
        }
        if (other.total != null) {
            required(MetricKind.CUMULATIVE, total).addAll(other.total);
        }
        sum.add(other.sum);
        if (other.gauge != null) {
            required(MetricKind.GAUGE, gauge).addAll(other.gauge);
        }
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        successes += other.successes;
        errors += other.errors;
        hits += other.hits;
        misses += other.misses;
        if (other.outcomeSums != null) {
            other.outcomeSums.forEach((outcome, amount) -> outcomeSum(outcome).add(amount));
        }
    }

    /** Reads a little of all that {@link #record} reads, so that it is in the cache; the result means nothing. */
    public long glance() {
        return sum.glance() + (sketch == null ? 0 : sketch.glance());
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
        if (total != null) {
            return total.increase();
        }
        // Of a gauge's values that are not finite, the extremes know.
        return isFinite() ? sum.value() : Double.isFinite(min) ? max : Double.isFinite(max) ? min : min + max;
    }

    /** What {@link #sum} was rounded from, of a gauge without the values that are not finite, for {@link ExactSum#decode}; null if it is exact. */
    public byte @Nullable [] exactSum() {
        ExactSum exact = total == null ? sum : total.exactIncrease();
        return isFinite() && exact.isDouble() ? null : exact.encode();
    }

    private boolean isFinite() {
        return count == 0 || (Double.isFinite(min) && Double.isFinite(max));
    }

    /** Smallest value; infinite when empty. */
    public double min() {
        return min;
    }

    /** Largest value; negative infinite when empty. */
    public double max() {
        return max;
    }

    /** CUMULATIVE: the value with the least time (of several, the least value). Else empty. */
    public OptionalDouble first() {
        return total != null && count > 0 ? OptionalDouble.of(total.firstValue()) : OptionalDouble.empty();
    }

    /** GAUGE and CUMULATIVE: the value with the greatest time (of several, the greatest value). Else empty. */
    public OptionalDouble last() {
        if (total != null && count > 0) {
            return OptionalDouble.of(total.lastValue());
        }
        return gauge != null && count > 0 ? OptionalDouble.of(gauge.last()) : OptionalDouble.empty();
    }

    /** Time of {@link #last()}, or 0 where there is none. */
    public long lastTimestampMs() {
        if (total != null && count > 0) {
            return total.lastTimestampMs();
        }
        return gauge == null ? 0 : gauge.lastTimestampMs();
    }

    /** COUNT: the sum of the increments with this outcome; else the number of events with it. */
    public double outcome(Outcome outcome) {
        if (kind != MetricKind.COUNT) {
            return (double) outcomeCount(outcome);
        }
        ExactSum amount = outcomeSums == null ? null : outcomeSums.get(outcome);
        return amount == null ? 0 : amount.value();
    }

    /**
     * The samples by time, which change with this aggregate. CUMULATIVE: as many as its increase needs. GAUGE: all, or none if
     * there were more than {@value #MAX_GAUGE_SAMPLES}. Else empty.
     */
    public List<Point> points() {
        if (total != null) {
            return total.points();
        }
        return gauge == null ? List.of() : gauge.points();
    }

    /** The histogram of the values for OBSERVATION, null for other kinds. Owned by this aggregate: do not change. */
    public @Nullable Sketch sketch() {
        return sketch;
    }

    /** Appends bytes that {@link #mergeFrom} and {@link #read} read; equal aggregates have equal bytes. */
    public void writeTo(ByteOutput out) {
        AggregateHeader.write(kind, out);
        range.writeTo(out);
        if (sketch != null) {
            sketch.writeTo(out);
        } else {
            out.putVarLong(count);
        }
        if (count == 0) {
            return;
        }
        writeExtremes(out);
        if (total == null) {
            sum.writeTo(out);
        }
        writeOutcomes(out);
        if (gauge != null) {
            gauge.writeTo(out);
        }
        if (total != null) {
            total.writeTo(out);
        }
    }

    /**
     * Adds what {@link #writeTo} has written, as {@link #merge} does, and moves the input behind it.
     *
     * @throws IllegalArgumentException if the kinds differ, and nothing has been added; or if the bytes are not of that form,
     *     and what precedes the fault may have been added
     */
    public void mergeFrom(ByteInput in) {
        requireKind(AggregateHeader.read(in));
        try {
            mergeBody(in, SketchRange.read(in, range));
        } catch (IllegalArgumentException e) {
            throw AggregateHeader.malformed(e);
        }
    }

    /**
     * Makes the aggregate that {@link #writeTo} has written, and moves the input behind it.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    public static Aggregate read(ByteInput in) {
        MetricKind kind = AggregateHeader.read(in);
        try {
            SketchRange range = SketchRange.read(in, SketchRange.of("", null));
            Aggregate aggregate = new Aggregate(kind, range);
            aggregate.mergeBody(in, range);
            return aggregate;
        } catch (IllegalArgumentException e) {
            throw AggregateHeader.malformed(e);
        }
    }

    /** The bytes of {@link #writeTo} alone. */
    public byte[] encode() {
        ByteOutput out = new ByteOutput(64);
        writeTo(out);
        return out.toByteArray();
    }

    /**
     * The aggregate that {@link #encode} wrote, which is all of the bytes; the buffer stays where it is.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    public static Aggregate decode(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        ByteInput in = new ByteInput().wrap(copy);
        Aggregate aggregate = read(in);
        if (in.remaining() > 0) {
            throw new IllegalArgumentException(
                    "aggregate is malformed: " + in.remaining() + " bytes follow its " + in.position());
        }
        return aggregate;
    }

    private void mergeBody(ByteInput in, SketchRange written) {
        long added = sketch == null ? in.getVarLong() : sketch.mergeFrom(in, written);
        if (added < 0) {
            throw new IllegalArgumentException("count is " + added + ", must be >= 0");
        }
        if (added == 0) {
            return;
        }
        mergeExtremes(in);
        if (total == null) {
            sum.addFrom(in);
        }
        mergeOutcomes(in, added);
        if (gauge != null) {
            gauge.addFrom(in, added);
        }
        if (total != null) {
            total.addFrom(in);
        }
        count += added;
    }

    private void writeExtremes(ByteOutput out) {
        long minBits = Double.doubleToRawLongBits(min);
        long maxBits = Double.doubleToRawLongBits(max);
        int minLength = ByteOutput.leadingBytes(minBits);
        if (minBits == maxBits) {
            out.putByte(minLength << LENGTH_BITS | SAME);
            out.putLeading(minBits, minLength);
        } else {
            int maxLength = ByteOutput.leadingBytes(maxBits);
            out.putByte(minLength << LENGTH_BITS | maxLength);
            out.putLeading(minBits, minLength);
            out.putLeading(maxBits, maxLength);
        }
    }

    private void mergeExtremes(ByteInput in) {
        int lengths = in.getByte();
        double otherMin = extreme(in.getLeading(lengths >> LENGTH_BITS & LOW_BITS));
        double otherMax = (lengths & LOW_BITS) == SAME ? otherMin : extreme(in.getLeading(lengths & LOW_BITS));
        if (otherMin > otherMax) {
            throw new IllegalArgumentException("min is " + otherMin + ", must be <= max " + otherMax);
        }
        min = Math.min(min, otherMin);
        max = Math.max(max, otherMax);
    }

    private void writeOutcomes(ByteOutput out) {
        int present = 0;
        for (int i = 0; i < OUTCOMES.length; i++) {
            present |= hasOutcome(OUTCOMES[i]) ? 1 << i : 0;
        }
        out.putByte(present);
        for (int i = 0; i < OUTCOMES.length; i++) {
            if ((present & 1 << i) != 0) {
                if (kind == MetricKind.COUNT) {
                    outcomeSum(OUTCOMES[i]).writeTo(out);
                } else {
                    out.putVarLong(outcomeCount(OUTCOMES[i]));
                }
            }
        }
    }

    private void mergeOutcomes(ByteInput in, long events) {
        int present = in.getByte();
        if (present < 0 || present >= 1 << OUTCOMES.length) {
            throw new IllegalArgumentException(
                    "bits of outcomes are " + present + ", must be 0 to " + ((1 << OUTCOMES.length) - 1));
        }
        for (int i = 0; i < OUTCOMES.length; i++) {
            if ((present & 1 << i) != 0) {
                if (kind == MetricKind.COUNT) {
                    outcomeSum(OUTCOMES[i]).addFrom(in);
                } else {
                    long amount = in.getVarLong();
                    if (amount < 1 || amount > events) {
                        throw new IllegalArgumentException(
                                "count of " + OUTCOMES[i] + " is " + amount + ", must be 1 to " + events);
                    }
                    addOutcome(OUTCOMES[i], amount);
                }
            }
        }
    }

    private boolean hasOutcome(Outcome outcome) {
        if (kind != MetricKind.COUNT) {
            return outcomeCount(outcome) != 0;
        }
        ExactSum amount = outcomeSums == null ? null : outcomeSums.get(outcome);
        return amount != null && !amount.isZero();
    }

    private void addOutcome(Outcome outcome, long amount) {
        switch (outcome) {
            case SUCCESS -> successes += amount;
            case ERROR -> errors += amount;
            case HIT -> hits += amount;
            case MISS -> misses += amount;
        }
    }

    private long outcomeCount(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> successes;
            case ERROR -> errors;
            case HIT -> hits;
            case MISS -> misses;
        };
    }

    private ExactSum outcomeSum(Outcome outcome) {
        if (outcomeSums == null) {
            outcomeSums = new EnumMap<>(Outcome.class);
        }
        return outcomeSums.computeIfAbsent(outcome, absent -> new ExactSum());
    }

    private <T> T required(MetricKind its, @Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("kind is " + kind + ", must be " + its);
        }
        return part;
    }

    private void requireKind(MetricKind other) {
        if (other != kind) {
            throw new IllegalArgumentException("kind is " + other + ", must be " + kind + " to merge");
        }
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is " + value + ", must be finite");
        }
    }

    private double extreme(long bits) {
        double value = canonical(Double.longBitsToDouble(bits));
        if (kind != MetricKind.GAUGE) {
            requireFinite(value);
        }
        return value;
    }

    /** One NaN for all: which bits the minimum of several would have is open. */
    private static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
