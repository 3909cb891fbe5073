package dev.weir.app.demo;

import dev.weir.alerts.AlertTransition;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.dev.DevMachine;
import dev.weir.app.produce.EventSender;
import dev.weir.app.role.CloseStack;
import dev.weir.testing.workload.Emission;
import dev.weir.testing.workload.FaultRates;
import dev.weir.testing.workload.Scenario;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The demo from start to report: hours of history at full speed, then live traffic with an incident, then the check.
 *
 * <p>History and live traffic of the five systems are one workload that ends now; some of its events are wrong or late on
 * purpose. One thread.
 */
public final class Demo {
    private static final Duration CALM_BEFORE_INCIDENT = Duration.ofSeconds(10);
    private static final Duration INCIDENT = Duration.ofSeconds(25);
    private static final Duration DISORDER = Duration.ofSeconds(1);
    /** Events newer than this may be ahead of the watermark at the end. */
    private static final Duration OPEN_AT_END = Duration.ofSeconds(5);

    private static final FaultRates FAULTS = new FaultRates(0.002, 0.0005, 0.0005, 0.002);

    private static final String RAW_METRIC = "api_call";

    private final DemoSettings settings;
    private final InstantSource clock;
    private final PrintWriter out;

    public Demo(DemoSettings settings, InstantSource clock, PrintWriter out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
    }

    /** Runs against a machine that has just started on an empty directory. */
    DemoReport run(WeirConfig config) {
        try (EventSender sender = new EventSender(config, null);
                TopicReader<AlertTransition> alerts = new TopicReader<>(config, "alerts")) {
            Traffic traffic = new Traffic(sender);
            AlertWatch watch = new AlertWatch(out);
            List<Scenario> systems = Scenarios.systems();
            Instant present = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Workload workload = Workload.of(settings.seed(), present.minus(Scenario.HISTORY), systems)
                    .withDisorder(DISORDER)
                    .withFaults(FAULTS);

            Operations.send(config, present);
            History history = new History(config, traffic, clock, out);
            double eventsPerSecond = history.play(workload, present);
            alerts.readToEnd(watch::accept);
            out.printf(
                    "history raised %,d alerts, %,d of them resolved by now%n",
                    watch.firedCount(), watch.resolvedCount());

            Instant liveStart = clock.instant();
            Scenario checkout = Scenarios.checkout(CALM_BEFORE_INCIDENT, CALM_BEFORE_INCIDENT.plus(INCIDENT));
            Workload incident = Workload.of(settings.seed(), liveStart, List.of(checkout));
            out.printf(
                    "%nlive traffic for %d s; in %d s service checkout fails for %d s%n",
                    settings.live().toSeconds(), CALM_BEFORE_INCIDENT.toSeconds(), INCIDENT.toSeconds());
            out.flush();
            watch.print();
            Instant end = live(List.of(workload, incident), List.of(present, liveStart), traffic, alerts, watch);

            List<Scenario> scenarios = new ArrayList<>(systems);
            scenarios.add(checkout);
            DemoCheck check = new DemoCheck(config, traffic, clock, out);
            DemoReport report = check.run(end.minus(OPEN_AT_END), watch, scenarios, eventsPerSecond);
            check.print(report);
            return report;
        }
    }

    /** Sends what happens as it happens; returns when that ended. */
    private Instant live(
            List<Workload> workloads,
            List<Instant> starts,
            Traffic traffic,
            TopicReader<AlertTransition> alerts,
            AlertWatch watch) {
        List<Instant> sentUntil = new ArrayList<>(starts);
        Instant end = clock.instant().plus(settings.live());
        Instant now = clock.instant();
        while (now.isBefore(end)) {
            for (int i = 0; i < workloads.size(); i++) {
                Iterator<Emission> due = workloads.get(i).emissions(sentUntil.get(i), now);
                due.forEachRemaining(traffic::send);
                sentUntil.set(i, now);
            }
            alerts.poll(watch::accept);
            now = clock.instant();
        }
        traffic.finish();
        alerts.readToEnd(watch::accept);
        return now;
    }

    /** Runs a demo on a machine of its own and returns whether it passed; without {@code --headless} stays up after it. */
    public static boolean run(
            DemoSettings settings,
            Function<Map<String, String>, WeirConfig> reader,
            InstantSource clock,
            PrintWriter out,
            CloseStack started) {
        DemoDirectory directory = DemoDirectory.of(settings.data());
        started.push("demo data", directory);
        DevMachine machine = DevMachine.start(
                settings.portBase(), directory.path(), given -> reader.apply(withRawMetric(given)), out, started);
        DemoReport report = new Demo(settings, clock, out).run(machine.config());
        if (!settings.headless()) {
            machine.stayUp(out);
        }
        started.close();
        out.println(report.json());
        out.flush();
        return report.passed();
    }

    /** One metric is stored raw as well, so that every table of the store has rows. */
    private static Map<String, String> withRawMetric(Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        settings.put("store.raw.metrics", RAW_METRIC);
        return settings;
    }
}
