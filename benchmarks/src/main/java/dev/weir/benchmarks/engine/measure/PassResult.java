package dev.weir.benchmarks.engine.measure;

/**
 * One pass over the whole topic.
 *
 * @param events measurements in it
 * @param seconds from the first record to the last output, without waiting; see {@link #of}
 * @param wallSeconds from the first record to the last output as the wall clock tells
 * @param cpuSeconds user and system time of the process in that time
 * @param allocatedBytes of the process in that time
 * @param compileSeconds of the process' compilers in that time
 */
public record PassResult(
        long events,
        double seconds,
        double wallSeconds,
        double cpuSeconds,
        long allocatedBytes,
        double compileSeconds) {
    private static final double MILLION = 1e6;

    /**
     * The result for three marks.
     *
     * <p>A system that commits at intervals waits between its last input and its last output. That tail counts with the time
     * its CPU seconds take on all threads, not with the wall clock.
     *
     * @param start before the first record
     * @param consumed when the last record had been fetched
     * @param end when the last output was committed
     */
    public static PassResult of(long events, Mark start, Mark consumed, Mark end, int threads) {
        double tail = Math.min(end.secondsSince(consumed), end.cpuSecondsSince(consumed) / threads);
        return new PassResult(
                events,
                consumed.secondsSince(start) + tail,
                end.secondsSince(start),
                end.cpuSecondsSince(start),
                end.allocatedBytes() - start.allocatedBytes(),
                end.compileSecondsSince(start));
    }

    public double eventsPerSecond() {
        return events / seconds;
    }

    public double cpuSecondsPerMillion() {
        return cpuSeconds / (events / MILLION);
    }

    /** Part of the CPU that the compilers took, at most: they may have waited for it. */
    public double compileShare() {
        return compileSeconds / cpuSeconds;
    }

    public double allocatedBytesPerEvent() {
        return (double) allocatedBytes / events;
    }
}
