package dev.weir.publisher;

import dev.weir.events.Outcome;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One part of an instrument for each outcome that occurs, and for none; made when first asked for. Thread-safe. */
final class ByOutcome<T> {
    private final Function<@Nullable Outcome, T> make;
    private final ConcurrentMap<Outcome, T> parts = new ConcurrentHashMap<>();
    private volatile @Nullable T without;

    ByOutcome(Function<@Nullable Outcome, T> make) {
        this.make = make;
    }

    T of(@Nullable Outcome outcome) {
        if (outcome == null) {
            T part = without;
            return part == null ? makeWithout() : part;
        }
        T part = parts.get(outcome);
        return part == null ? parts.computeIfAbsent(outcome, make) : part;
    }

    private synchronized T makeWithout() {
        T part = without;
        if (part == null) {
            part = make.apply(null);
            without = part;
        }
        return part;
    }
}
