package dev.weir.serve;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The checks of all parts of one process.
 *
 * <p>All run at once, each on its own thread, and are waited for together: a report takes at most the timeout, and a
 * part that fails or hangs takes nothing from the report about the others. At most one thread a check. Safe for use
 * by many threads.
 */
public final class HealthChecks implements AutoCloseable {
    private final List<AskedCheck> checks;
    private final Duration timeout;
    private final ExecutorService threads;

    /**
     * @param timeout how long a part may take to answer before it counts as unhealthy
     * @throws IllegalArgumentException when two checks have one name, or the timeout is not positive
     */
    public HealthChecks(List<? extends HealthCheck> checks, Duration timeout, InstantSource clock) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + ", must be > 0 (health checks)");
        }
        requireDistinctNames(checks);
        this.timeout = timeout;
        AtomicInteger threadNumber = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "weir-health-" + threadNumber.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.checks = checks.stream()
                .map(check -> new AskedCheck(check, threads, clock))
                .toList();
    }

    /** Asks every part now. */
    public HealthReport report() throws InterruptedException {
        checks.forEach(AskedCheck::ask);
        long deadline = System.nanoTime() + timeout.toNanos();
        List<PartHealth> parts = new ArrayList<>(checks.size());
        for (AskedCheck check : checks) {
            parts.add(check.answer(Duration.ofNanos(deadline - System.nanoTime())));
        }
        return new HealthReport(parts);
    }

    /** Interrupts the checks that still run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void requireDistinctNames(List<? extends HealthCheck> checks) {
        Set<String> names = new HashSet<>();
        for (HealthCheck check : checks) {
            if (!names.add(check.name())) {
                throw new IllegalArgumentException(
                        "name is " + check.name() + ", must be unique among the health checks");
            }
        }
    }
}
