package dev.weir.benchmarks.engine.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads what this process has used, without the thread that reads and the admin client that waits with it. One thread.
 *
 * <p>A thread that ends keeps counting with what it had allocated at the last mark.
 */
public final class Meter {
    /** Threads of {@code Admin} clients; those of Kafka Streams' own one are idle while it runs. */
    private static final String ADMIN_THREAD = "kafka-admin-client-thread | measure";

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private final Map<Long, Long> allocatedByThread = new HashMap<>();
    private final Map<Long, Long> cpuOfMeasuring = new HashMap<>();
    private final Map<Long, Boolean> measuring = new HashMap<>();

    /** The client id that keeps an admin client out of the measure. */
    public static String adminClientId() {
        return "measure";
    }

    public Mark mark() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (isMeasuring(ids[i])) {
                cpuOfMeasuring.merge(ids[i], threads.getThreadCpuTime(ids[i]), Math::max);
            } else {
                allocatedByThread.merge(ids[i], bytes[i], Math::max);
            }
        }
        return new Mark(
                System.nanoTime(),
                process.getProcessCpuTime() - sum(cpuOfMeasuring),
                sum(allocatedByThread),
                TimeUnit.MILLISECONDS.toNanos(compilers.getTotalCompilationTime()));
    }

    private boolean isMeasuring(long id) {
        return measuring.computeIfAbsent(id, unknown -> {
            ThreadInfo info = threads.getThreadInfo(id);
            return id == Thread.currentThread().getId()
                    || (info != null && info.getThreadName().startsWith(ADMIN_THREAD));
        });
    }

    private static long sum(Map<Long, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum();
    }
}
