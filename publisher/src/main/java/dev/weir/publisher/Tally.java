package dev.weir.publisher;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many recordings arrived and how many were lost, by reason; and whether any are still taken. Thread-safe. */
final class Tally {
    private final LongAdder delivered = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private volatile boolean closed;

    Tally() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    void deliver(long recordings) {
        delivered.add(recordings);
    }

    void drop(DropReason reason, long recordings) {
        adder(reason).add(recordings);
    }

    /** True, and counted as dropped, if the publisher is closed. */
    boolean refusesRecording() {
        if (closed) {
            drop(DropReason.CLOSED, 1);
        }
        return closed;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    long delivered() {
        return delivered.sum();
    }

    long dropped(DropReason reason) {
        return adder(reason).sum();
    }

    /** Every reason, also those that never occurred. */
    Map<DropReason, Long> dropped() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> counts.put(reason, count.sum()));
        return Collections.unmodifiableMap(counts);
    }

    private LongAdder adder(DropReason reason) {
        LongAdder adder = dropped.get(reason);
        if (adder == null) {
            throw new IllegalArgumentException("reason is " + reason + ", must be one of " + dropped.keySet());
        }
        return adder;
    }
}
