package dev.weir.pane;

import dev.weir.events.Outcome;
import dev.weir.sketch.BucketTally;
import org.jspecify.annotations.Nullable;

/**
 * The latest observations of one series, to be added to its aggregate all at once. Not thread-safe.
 *
 * <p>Adding one is two additions and a store, a fraction of what {@link Aggregate#record(long, double, Outcome)} takes, and
 * adding all of them together costs less than half of that, too. Takes 2 KB.
 */
public final class Observations {
    /** So many fit. */
    public static final int CAPACITY = 256;

    private static final int OUTCOME_BITS = 16;
    private static final long OUTCOME_MASK = (1L << OUTCOME_BITS) - 1;

    private final BucketTally tally;
    final double[] values = new double[CAPACITY];
    private int size;
    /** How many have each outcome, {@link #OUTCOME_BITS} bits each. */
    private long outcomes;

    /** @param tally counts them in between, and may do so for others too */
    public Observations(BucketTally tally) {
        this.tally = tally;
    }

    /**
     * Adds one event; must not be full.
     *
     * @param value finite and at least 0
     */
    public void add(double value, @Nullable Outcome outcome) {
        values[size] = value;
        size++;
        if (outcome != null) {
            outcomes += 1L << shift(outcome);
        }
    }

    /** True if they must be moved before the next one. */
    public boolean isFull() {
        return size == CAPACITY;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** How many of them have this outcome. */
    long count(Outcome outcome) {
        return outcomes >>> shift(outcome) & OUTCOME_MASK;
    }

    private static int shift(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> 0;
            case ERROR -> OUTCOME_BITS;
            case HIT -> 2 * OUTCOME_BITS;
            case MISS -> 3 * OUTCOME_BITS;
        };
    }

    /**
     * Adds all to an aggregate of kind OBSERVATION, as if each had been recorded, and forgets them.
     *
     * @throws IllegalArgumentException if a value is not finite or negative; nothing has been added then
     */
    public void moveTo(Aggregate aggregate) {
        aggregate.record(this, tally);
        size = 0;
        outcomes = 0;
    }

    /** Reads where the next will be put, so that it is in the cache; the result means nothing. */
    public double glance() {
        return values[Math.min(size, CAPACITY - 1)];
    }
}
