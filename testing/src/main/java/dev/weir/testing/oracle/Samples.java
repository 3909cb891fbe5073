package dev.weir.testing.oracle;

import dev.weir.events.Outcome;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The raw samples of one series in one window, as they came: three growing columns, 20 bytes a sample. */
final class Samples {
    private static final int INITIAL_CAPACITY = 4;

    private long[] timesMs = new long[INITIAL_CAPACITY];
    private double[] values = new double[INITIAL_CAPACITY];
    private @Nullable Outcome[] outcomes = new @Nullable Outcome[INITIAL_CAPACITY];
    private int size;

    static Samples union(Collection<Samples> parts) {
        Samples union = new Samples();
        union.resize(parts.stream().mapToInt(Samples::size).sum());
        for (Samples part : parts) {
            System.arraycopy(part.timesMs, 0, union.timesMs, union.size, part.size);
            System.arraycopy(part.values, 0, union.values, union.size, part.size);
            System.arraycopy(part.outcomes, 0, union.outcomes, union.size, part.size);
            union.size += part.size;
        }
        return union;
    }

    void add(long timeMs, double value, @Nullable Outcome outcome) {
        if (size == values.length) {
            resize(Math.addExact(size, size / 2));
        }
        timesMs[size] = timeMs;
        values[size] = value;
        outcomes[size] = outcome;
        size++;
    }

    int size() {
        return size;
    }

    long timeMs(int i) {
        return timesMs[i];
    }

    double value(int i) {
        return values[i];
    }

    @Nullable
    Outcome outcome(int i) {
        return outcomes[i];
    }

    SortedValues sorted() {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return new SortedValues(sorted);
    }

    private void resize(int capacity) {
        timesMs = Arrays.copyOf(timesMs, capacity);
        values = Arrays.copyOf(values, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
    }
}
