package dev.weir.benchmarks.engine.measure;

/**
 * What a process had used at one instant.
 *
 * @param nanos of {@link System#nanoTime}
 * @param cpuNanos user and system time of all threads but those that measure
 * @param allocatedBytes of all threads but those that measure
 * @param compileNanos that the compilers of the virtual machine have worked
 */
public record Mark(long nanos, long cpuNanos, long allocatedBytes, long compileNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    public double secondsSince(Mark earlier) {
        return (nanos - earlier.nanos) / NANOS_PER_SECOND;
    }

    public double compileSecondsSince(Mark earlier) {
        return (compileNanos - earlier.compileNanos) / NANOS_PER_SECOND;
    }

    public double cpuSecondsSince(Mark earlier) {
        return (cpuNanos - earlier.cpuNanos) / NANOS_PER_SECOND;
    }
}
