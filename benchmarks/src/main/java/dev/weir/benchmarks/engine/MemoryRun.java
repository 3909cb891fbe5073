package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.child.ChildProcess;
import dev.weir.benchmarks.engine.child.LiveMain;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.workload.EventRecords;
import dev.weir.benchmarks.engine.workload.Preload;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What live series cost in memory: the heap in use after collecting garbage, with all panes open, less that of a Weir without any
 * series; and the greatest resident size of the process until then. One thread.
 */
final class MemoryRun {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final long POLL_MS = 200;
    private static final int LOOKS = 12;
    private static final long LOOK_MS = 1_000;

    private final Bench bench;
    private final WorkloadSpec spec;
    private final String heap;

    MemoryRun(Bench bench, WorkloadSpec spec, String heap) {
        this.bench = bench;
        this.spec = spec;
        this.heap = heap;
    }

    /** A JSON line: {@code heap_b_per_series}, {@code rss_mb}. */
    String run() throws Exception {
        long records = spec.records() - WorkloadSpec.PARTITIONS;
        PassSettings settings = bench.settings(spec.name(), spec.events(), records, 0);
        try (BenchmarkTopics topics = new BenchmarkTopics(bench.bootstrapServers())) {
            topics.create(spec.name());
            ChildProcess weir = bench.startLive(settings, heap);
            long empty = heapAtRest(weir);
            Preload.send(
                    settings.topic(),
                    bench.bootstrapServers(),
                    PassSettings.registry(bench.registryUrl()),
                    new EventRecords(spec)::forEachOpen);
            try (GroupOffsets offsets = new GroupOffsets(bench.bootstrapServers(), LiveMain.group(settings))) {
                offsets.await(settings.topic(), records, TIMEOUT, POLL_MS);
            }
            long full = heapAtRest(weir);
            String line = String.format(
                    Locale.ROOT,
                    "{\"series\":%d,\"samples\":%d,\"heap_b_per_series\":%d,\"rss_mb\":%d}",
                    spec.series(),
                    spec.ticks(),
                    (full - empty) / spec.series(),
                    greatestResidentKb(weir.pid()) >> 10);
            weir.close();
            return line;
        }
    }

    /** The least of several looks: what is just under way between the stages is not kept. */
    private static long heapAtRest(ChildProcess weir) throws Exception {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            Thread.sleep(LOOK_MS);
            least = Math.min(least, Long.parseLong(weir.ask("heap")));
        }
        return least;
    }

    private static long greatestResidentKb(long pid) throws Exception {
        List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
