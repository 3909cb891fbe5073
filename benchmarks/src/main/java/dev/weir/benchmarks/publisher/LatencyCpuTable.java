package dev.weir.benchmarks.publisher;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what {@link LatencyBenchmark} measures in CPU time of the recording threads, the least of several rounds, and the bytes
 * they allocate, for a machine that is shared with other work: JMH's wall clock counts the others too.
 *
 * <p>Arguments: the name of a benchmark and how many threads record at once.
 */
public final class LatencyCpuTable {
    private static final int ROUNDS = 15;
    private static final int INVOCATIONS = 64;
    private static final long PAUSE_NANOS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Cost(double nanos, double bytes) {
        Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }
    }

    private LatencyCpuTable() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        int threads = Integer.parseInt(args[1]);
        Timers timers = new Timers();
        timers.start();
        ExecutorService recording = Executors.newFixedThreadPool(threads);
        List<Future<Cost>> costs = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            costs.add(recording.submit(() -> least(args[0], timers)));
        }
        double nanos = 0;
        double bytes = 0;
        for (Future<Cost> cost : costs) {
            nanos += cost.get().nanos() / threads;
            bytes += cost.get().bytes() / threads;
        }
        recording.shutdown();
        timers.stop();
        System.out.printf(Locale.ROOT, "| %s | %d | %,.1f | %,.1f |%n", args[0], threads, nanos, bytes);
    }

    private static Cost least(String name, Timers timers) {
        LatencyBenchmark.Durations durations = new LatencyBenchmark.Durations();
        durations.fill();
        Runnable benchmark = benchmark(name, timers, durations);
        Cost least = new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        for (int round = 0; round < ROUNDS; round++) {
            least = least.least(round(benchmark, timers));
        }
        return least;
    }

    private static Cost round(Runnable benchmark, Timers timers) {
        long thread = Thread.currentThread().getId();
        long nanos = 0;
        long bytes = 0;
        for (int i = 0; i < INVOCATIONS; i++) {
            while (timers.publisher().bufferedBytes() > 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
            long nanosBefore = THREADS.getCurrentThreadCpuTime();
            benchmark.run();
            nanos += THREADS.getCurrentThreadCpuTime() - nanosBefore;
            bytes += THREADS.getThreadAllocatedBytes(thread) - bytesBefore;
        }
        double recordings = (double) INVOCATIONS * LatencyBenchmark.VALUES;
        return new Cost((double) nanos / recordings, (double) bytes / recordings);
    }

    private static Runnable benchmark(String name, Timers timers, LatencyBenchmark.Durations durations) {
        LatencyBenchmark benchmark = new LatencyBenchmark();
        return switch (name) {
            case "weirHistogram" -> () -> benchmark.weirHistogram(timers, durations);
            case "weirEach" -> () -> benchmark.weirEach(timers, durations, new LatencyBenchmark.Drained());
            case "weirMicrometer" -> () -> benchmark.weirMicrometer(timers, durations);
            case "prometheus" -> () -> benchmark.prometheus(timers, durations);
            case "prometheusHistogram" -> () -> benchmark.prometheusHistogram(timers, durations);
            default -> throw new IllegalArgumentException("name is " + name + ", must be one of LatencyBenchmark's");
        };
    }
}
