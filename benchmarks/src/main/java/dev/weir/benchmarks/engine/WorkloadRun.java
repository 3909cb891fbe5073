package dev.weir.benchmarks.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.engine.child.SystemMain;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.report.Profile;
import dev.weir.benchmarks.engine.report.WorkloadReport;
import dev.weir.benchmarks.engine.system.Systems;
import dev.weir.benchmarks.engine.workload.Preload;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One workload: preloads it, warms each system up and lets them take turns. Those that wait do nothing. One thread. */
final class WorkloadRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SLOW = "-slow";

    private final Bench bench;
    private final BenchmarkPlan plan;
    private final WorkloadSpec spec;
    private final WorkloadSpec slowSpec;
    private final BenchmarkTopics topics;
    private final Map<String, PublishedWindows> published = new LinkedHashMap<>();
    private final long deadline;
    private int passes;

    WorkloadRun(Bench bench, BenchmarkPlan plan, WorkloadSpec spec) {
        this.bench = bench;
        this.plan = plan;
        this.spec = spec;
        slowSpec = spec.prefix(SLOW, plan.slowEvents());
        topics = new BenchmarkTopics(bench.bootstrapServers());
        deadline = System.nanoTime() + plan.budget().toNanos();
    }

    WorkloadReport run(List<String> systems) throws Exception {
        preload(systems);
        WorkloadReport report = new WorkloadReport(spec.name());
        for (String system : systems) {
            warmUp(system);
        }
        for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
            for (String system : systems) {
                boolean wanted = repetition < (Systems.isSlow(system) ? plan.slowRepetitions() : plan.repetitions());
                if (wanted && (repetition == 0 || System.nanoTime() < deadline)) {
                    measure(system, report);
                }
            }
        }
        topics.deleteAll(spec.name());
        return report;
    }

    /** Profiles one pass of a warm system. */
    Profile profile(String system, Path file) throws Exception {
        preload(List.of(system));
        warmUp(system);
        // The first profile has all that is compiled compiled again.
        bench.process(system).ask(SystemMain.pass(++passes, file));
        topics.deleteInternal(spec.name());
        bench.process(system).ask(SystemMain.pass(++passes, file));
        topics.deleteAll(spec.name());
        return Profile.of(file);
    }

    private void preload(List<String> systems) throws Exception {
        if (systems.stream().anyMatch(system -> !Systems.isSlow(system))) {
            fill(spec);
        }
        if (systems.stream().anyMatch(Systems::isSlow)) {
            fill(slowSpec);
        }
    }

    private void fill(WorkloadSpec filled) throws Exception {
        long begin = System.nanoTime();
        topics.create(filled.name());
        Preload.fill(
                filled,
                filled.name() + ".events",
                bench.bootstrapServers(),
                PassSettings.registry(bench.registryUrl()));
        progress("%s: %,d events preloaded in %.1f s", filled.name(), filled.events(), secondsSince(begin));
    }

    private void warmUp(String system) throws Exception {
        WorkloadSpec own = specOf(system);
        PassSettings settings = bench.settings(own.name(), own.events(), own.records(), own.windows());
        bench.process(system).ask(SystemMain.over(settings));
        long begin = System.nanoTime();
        PassResult result = pass(system, "warm-up");
        while (!Systems.isSlow(system) && !isWarm(secondsSince(begin), result.compileShare())) {
            result = pass(system, "warm-up");
        }
    }

    private boolean isWarm(double seconds, double compileShare) {
        boolean compiled = seconds >= seconds(plan.warmUp()) && compileShare <= plan.compiling();
        return compiled || seconds >= seconds(plan.mostWarmUp());
    }

    private void measure(String system, WorkloadReport report) throws Exception {
        Optional<PublishedWindows> windows = published(system);
        windows.ifPresent(PublishedWindows::skip);
        PassResult result = pass(system, "measured");
        report.system(system).add(result, windows.map(PublishedWindows::mismatches));
    }

    private Optional<PublishedWindows> published(String system) {
        return Systems.output(system)
                .map(suffix -> published.computeIfAbsent(
                        system,
                        unknown -> new PublishedWindows(
                                spec,
                                spec.name() + suffix,
                                bench.bootstrapServers(),
                                PassSettings.registry(bench.registryUrl()))));
    }

    private PassResult pass(String system, String purpose) throws Exception {
        PassResult result = JSON.readValue(bench.process(system).ask(SystemMain.pass(++passes)), PassResult.class);
        progress(
                "%s %s %s: %,.0f events/s, %.2f CPU-s/M, %.0f %% of it compilation, %.0f B/event, %.1f s",
                specOf(system).name(),
                system,
                purpose,
                result.eventsPerSecond(),
                result.cpuSecondsPerMillion(),
                100 * result.compileShare(),
                result.allocatedBytesPerEvent(),
                result.wallSeconds());
        topics.deleteInternal(specOf(system).name());
        return result;
    }

    private WorkloadSpec specOf(String system) {
        return Systems.isSlow(system) ? slowSpec : spec;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static void progress(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }

    @Override
    public void close() {
        published.values().forEach(PublishedWindows::close);
        topics.close();
    }
}
