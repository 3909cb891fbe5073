package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.child.ChildProcess;
import dev.weir.benchmarks.engine.child.LiveMain;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.workload.Preload;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.time.Duration;
import java.util.Locale;

/**
 * How long after {@code kill -9} a new process commits its first work: input offsets beyond those of the killed one, which only a
 * transaction with its outputs moves. Once with the state directory, once without. One thread.
 */
final class RecoveryRun {
    private static final String HEAP = "2g";
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final long POLL_MS = 50;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Bench bench;
    private final WorkloadSpec spec;
    private final PassSettings settings;
    private final GroupOffsets offsets;

    RecoveryRun(Bench bench, WorkloadSpec spec) {
        this.bench = bench;
        this.spec = spec;
        settings = bench.settings(spec.name(), spec.events(), spec.records(), spec.windows());
        offsets = new GroupOffsets(bench.bootstrapServers(), LiveMain.group(settings));
    }

    /** A JSON line with seconds: {@code recovery_s}, {@code recovery_without_state_s}. */
    String run() throws Exception {
        try (BenchmarkTopics topics = new BenchmarkTopics(bench.bootstrapServers())) {
            topics.create(spec.name());
            Preload.fill(spec, settings.topic(), bench.bootstrapServers(), PassSettings.registry(bench.registryUrl()));
            double withState = secondsToRecover(spec.records() / 3, false);
            double withoutState = secondsToRecover(spec.records() * 2 / 3, true);
            return String.format(
                    Locale.ROOT,
                    "{\"series\":%d,\"recovery_s\":%.1f,\"recovery_without_state_s\":%.1f}",
                    spec.series(),
                    withState,
                    withoutState);
        } finally {
            offsets.close();
        }
    }

    /** Runs until so many records are committed, kills, runs again until one more is, and kills that too. */
    private double secondsToRecover(long records, boolean deleteState) throws Exception {
        ChildProcess victim = bench.startLive(settings, HEAP);
        awaitCommitted(records);
        victim.kill();
        long killed = System.nanoTime();
        long before = offsets.committed(settings.topic());
        if (before >= spec.records()) {
            throw new IllegalStateException("all " + before
                    + " records were committed before the kill, some must be left: take more (--events)");
        }
        if (deleteState) {
            Bench.deleteAll(settings.directory());
        }
        ChildProcess heir = bench.startLive(settings, HEAP);
        awaitCommitted(before + 1);
        double seconds = (System.nanoTime() - killed) / NANOS_PER_SECOND;
        heir.kill();
        return seconds;
    }

    private void awaitCommitted(long records) throws Exception {
        offsets.await(settings.topic(), records, TIMEOUT, POLL_MS);
    }
}
