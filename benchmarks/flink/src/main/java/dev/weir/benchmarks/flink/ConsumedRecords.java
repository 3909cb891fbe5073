package dev.weir.benchmarks.flink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** How many records the sources of this process have read since the last reset: a counter a source thread. */
final class ConsumedRecords {
    private static final List<Counter> COUNTERS = new CopyOnWriteArrayList<>();

    private ConsumedRecords() {}

    /** Written by one thread, read by any. */
    static final class Counter {
        private final AtomicLong published = new AtomicLong();
        private long count;

        void increment() {
            published.lazySet(++count);
        }
    }

    static Counter counter() {
        Counter counter = new Counter();
        COUNTERS.add(counter);
        return counter;
    }

    static void reset() {
        COUNTERS.clear();
    }

    static long total() {
        return COUNTERS.stream().mapToLong(counter -> counter.published.get()).sum();
    }
}
