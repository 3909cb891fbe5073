package dev.weir.benchmarks.engine;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param eventsOf1k measurements preloaded where there are 1,000 series
 * @param eventsOf100k measurements preloaded where there are 100,000 series
 * @param slowEvents measurements that the slow systems read
 * @param repetitions measured passes of each system
 * @param slowRepetitions measured passes of each slow system
 * @param compiling part of the CPU of a pass that the compilers may take, at most, before one is measured
 * @param warmUp time that a system's passes take together, at least, before one is measured
 * @param mostWarmUp the same, at most, if they go on to be compiled
 * @param budget time after which a workload begins no further repetition
 */
record BenchmarkPlan(
        long eventsOf1k,
        long eventsOf100k,
        long slowEvents,
        int repetitions,
        int slowRepetitions,
        double compiling,
        Duration warmUp,
        Duration mostWarmUp,
        Duration budget) {
    static final BenchmarkPlan FULL = new BenchmarkPlan(
            10_000_000,
            12_000_000,
            300_000,
            5,
            3,
            0.05,
            Duration.ofSeconds(40),
            Duration.ofSeconds(180),
            Duration.ofMinutes(30));

    static final BenchmarkPlan QUICK = new BenchmarkPlan(
            2_000_000,
            3_000_000,
            100_000,
            3,
            1,
            0.25,
            Duration.ofSeconds(6),
            Duration.ofSeconds(30),
            Duration.ofSeconds(100));

    /** So many events that some are left when Weir is killed for the second time. */
    static final BenchmarkPlan RECOVERY = FULL.withEvents(24_000_000);

    BenchmarkPlan withEvents(long events) {
        return new BenchmarkPlan(
                events,
                events,
                Math.min(slowEvents, events),
                repetitions,
                slowRepetitions,
                compiling,
                warmUp,
                mostWarmUp,
                budget);
    }

    BenchmarkPlan withRepetitions(int count) {
        return new BenchmarkPlan(
                eventsOf1k,
                eventsOf100k,
                slowEvents,
                count,
                Math.min(count, slowRepetitions),
                compiling,
                warmUp,
                mostWarmUp,
                budget);
    }
}
