package dev.weir.benchmarks.engine.measure;

/**
 * What a process had used at one instant.
 *
 * @param nanos of {@link System#nanoTime}
 * @param cpuNanos user and system time of all threads but those that measure
 * @param allocatedBytes of all threads but those that measure
 */
public record Mark(long nanos, long cpuNanos, long allocatedBytes) {
    private static final double NANOS_PER_SECOND = 1e9;

    public double secondsSince(Mark earlier) {
        return (nanos - earlier.nanos) / NANOS_PER_SECOND;
    }

    public double cpuSecondsSince(Mark earlier) {
        return (cpuNanos - earlier.cpuNanos) / NANOS_PER_SECOND;
    }
}
