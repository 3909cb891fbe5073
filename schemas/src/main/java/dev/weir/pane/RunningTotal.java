package dev.weir.pane;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * The samples of a running total or gauge in one slice of time, from which its increase follows whatever order they came in.
 *
 * <p>Bounds: when there are more than {@value #MAX_POINTS} samples, those between two that only rise are dropped, which does
 * not change the increase unless a sample comes late between them; every reset keeps its two samples. Adding in rising order of time takes constant time. Not
 * thread-safe.
 */
final class RunningTotal {
    /*
     * Layout. Two parallel arrays, times and values, ordered by time and then by value.
     *
     * Bytes: 2 × the number of samples, plus 1 if all values are whole numbers; then for each the time less the one before and
     * the value, of whole numbers less the one before.
     */
    static final int MAX_POINTS = 1_000;

    private static final int FIRST_CAPACITY = 8;
    private static final int MIN_POINT_BYTES = 2;
    private static final double MAX_WHOLE = 1L << 53;

    private long[] times = {};
    private double[] values = {};
    private int size;
    /** How many samples there may be until some are dropped again; above the bound if the last time left many resets. */
    private int dropAbove = MAX_POINTS;

    void add(long timestampMs, double value) {
        boolean last = size == 0 || !isBefore(timestampMs, value, size - 1);
        int at = last ? size : position(timestampMs, value);
        insert(at, timestampMs, value);
        if (size > dropAbove) {
            dropPointsThatOnlyRise();
            dropAbove = Math.max(MAX_POINTS, 2 * size);
        }
    }

    void addAll(RunningTotal other) {
        int others = other.size;
        for (int i = 0; i < others; i++) {
            add(other.times[i], other.values[i]);
        }
    }

    /** A view of the samples, by time. */
    List<Point> points() {
        return new AbstractList<>() {
            @Override
            public Point get(int index) {
                if (index < 0 || index >= size) {
                    throw new IndexOutOfBoundsException("index is " + index + ", must be 0 to below " + size);
                }
                return new Point(times[index], values[index]);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Value of the first sample, of which there must be one. */
    double firstValue() {
        return values[0];
    }

    /** Value of the last sample, of which there must be one. */
    double lastValue() {
        return values[size - 1];
    }

    long lastTimestampMs() {
        return times[size - 1];
    }

    /** The increase between first and last sample; a smaller value is a counter reset, so it counts from zero. */
    double increase() {
        return exactIncrease().value();
    }

    ExactSum exactIncrease() {
        ExactSum increase = new ExactSum();
        for (int i = 1; i < size; i++) {
            increase.add(values[i]);
            if (values[i] >= values[i - 1]) {
                increase.add(-values[i - 1]);
            }
        }
        return increase;
    }

    /** Appends the bytes that {@link #addFrom} reads. */
    void writeTo(ByteOutput out) {
        boolean whole = true;
        for (int i = 0; i < size && whole; i++) {
            whole = isWhole(values[i]);
        }
        out.putVarLong(2L * size + (whole ? 1 : 0));
        long time = 0;
        long before = 0;
        for (int i = 0; i < size; i++) {
            out.putZigZag(times[i] - time);
            time = times[i];
            if (whole) {
                out.putZigZag((long) values[i] - before);
                before = (long) values[i];
            } else {
                out.putDouble(values[i]);
            }
        }
    }

    /**
     * Adds the samples that {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    void addFrom(ByteInput in) {
        long header = in.getVarLong();
        long points = header >>> 1;
        if (points < 1 || points > in.remaining() / MIN_POINT_BYTES) {
            throw new IllegalArgumentException(
                    "samples are " + points + ", must be 1 to half the " + in.remaining() + " bytes that follow");
        }
        boolean whole = (header & 1) != 0;
        long time = 0;
        long before = 0;
        for (long i = 0; i < points; i++) {
            time += in.getZigZag();
            double value;
            if (whole) {
                before += in.getZigZag();
                value = (double) before;
            } else {
                value = in.getDouble();
            }
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value of a sample is " + value + ", must be finite");
            }
            add(time, value);
        }
    }

    private boolean isBefore(long timestampMs, double value, int other) {
        return timestampMs < times[other] || (timestampMs == times[other] && Double.compare(value, values[other]) < 0);
    }

    /** Where a sample belongs: behind all that are not after it. */
    private int position(long timestampMs, double value) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (isBefore(timestampMs, value, middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private void insert(int at, long timestampMs, double value) {
        if (size == times.length) {
            int capacity = Math.max(FIRST_CAPACITY, size * 2);
            times = Arrays.copyOf(times, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        times[at] = timestampMs;
        values[at] = value;
        size++;
    }

    private void dropPointsThatOnlyRise() {
        int kept = 0;
        double before = 0;
        for (int i = 0; i < size; i++) {
            double value = values[i];
            boolean edge = i == 0 || i == size - 1;
            if (edge || before > value || value > values[i + 1]) {
                times[kept] = times[i];
                values[kept] = value;
                kept++;
            }
            before = value;
        }
        size = kept;
    }

    private static boolean isWhole(double value) {
        return Math.abs(value) < MAX_WHOLE
                && Double.doubleToRawLongBits((double) (long) value) == Double.doubleToRawLongBits(value);
    }
}
