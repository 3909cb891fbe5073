package dev.weir.benchmarks.sketch;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * Prints what {@link SketchBenchmark} measures in CPU time of the thread, the least of several rounds, for a machine that is
 * shared with other work: JMH's wall clock counts the others too.
 *
 * <p>Argument: the name of a contender; each in a virtual machine of its own, as in JMH.
 */
public final class SketchCpuTable {
    private static final int[] BUCKETS = {5, 100, 1_000};
    private static final int ROUNDS = 10;
    private static final long ROUND_NANOS = 60_000_000;
    private static final int VALUES = 4096;
    private static final int BATCH = 32;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** So that no result is without a reader, which the compiler would leave out. */
    private static volatile Object last = "";

    private SketchCpuTable() {}

    public static void main(String[] args) {
        for (int buckets : BUCKETS) {
            SketchBenchmark benchmark = new SketchBenchmark();
            benchmark.name = args[0];
            benchmark.buckets = buckets;
            benchmark.fill();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,.1f | %,.0f | %,.0f | %,.0f |%n",
                    args[0],
                    buckets,
                    leastNanos(benchmark::record) / VALUES,
                    leastNanos(benchmark::merge) / SketchBenchmark.PANES,
                    leastNanos(benchmark::encode),
                    leastNanos(benchmark::decode));
            if (last instanceof String) {
                throw new IllegalStateException("nothing was measured");
            }
        }
    }

    private static double leastNanos(Operation operation) {
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long end = start;
            int times = 0;
            while (end - start < ROUND_NANOS) {
                for (int i = 0; i < BATCH; i++) {
                    last = operation.run();
                }
                times += BATCH;
                end = THREADS.getCurrentThreadCpuTime();
            }
            least = Math.min(least, (double) (end - start) / times);
        }
        return least;
    }

    @FunctionalInterface
    private interface Operation {
        Object run();
    }
}
