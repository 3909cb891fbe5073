package dev.weir.publisher;

import dev.weir.events.Outcome;
import org.jspecify.annotations.Nullable;

/** A counter: its increments are added up and sent at each flush. Calls never wait and never throw; any thread may make them. */
public final class PublishedCounter {
    private final Recording increments;

    PublishedCounter(Recording increments) {
        this.increments = increments;
    }

    public void increment() {
        increment(1, null);
    }

    public void increment(@Nullable Outcome outcome) {
        increment(1, outcome);
    }

    /** Increments that are negative or not finite are dropped and counted. */
    public void increment(double amount, @Nullable Outcome outcome) {
        increments.record(amount, outcome, null);
    }
}
