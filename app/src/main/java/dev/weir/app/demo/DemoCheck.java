package dev.weir.app.demo;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.rule.LoadedRules;
import dev.weir.app.rule.RuleFiles;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.testing.oracle.Comparison;
import dev.weir.testing.oracle.HourlyRow;
import dev.weir.testing.workload.Incident;
import dev.weir.testing.workload.Scenario;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares everything the demo's stream has written with what its events say: windows on the topic, hourly rows in
 * PostgreSQL, rejected events by reason, alerts of each incident; and sees that no other table is empty.
 *
 * <p>What is written last may still be on its way: the comparison is repeated until it holds or the patience is over.
 */
final class DemoCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final int SHOWN = 10;

    private final WeirConfig config;
    private final Traffic traffic;
    private final InstantSource clock;
    private final PrintWriter out;

    DemoCheck(WeirConfig config, Traffic traffic, InstantSource clock, PrintWriter out) {
        this.config = config;
        this.traffic = traffic;
        this.clock = clock;
        this.out = out;
    }

    /** Compares all that must be closed by {@code closedUntil}. */
    DemoReport run(Instant closedUntil, AlertWatch alerts, List<Scenario> scenarios, double eventsPerSecond) {
        Instant until = clock.instant().plus(PATIENCE);
        List<WindowAggregate> windows = new ArrayList<>();
        Set<String> recorded = LoadedRules.read(
                        new RuleFiles(
                                        Path.of("").toAbsolutePath(),
                                        config.rules().files())
                                .find(),
                        config.rules().defaultInterval())
                .recordedMetrics();
        Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);
        try (TopicReader<WindowAggregate> aggregates = new TopicReader<>(config, "aggregates");
                TopicReader<RejectedEvent> rejected = new TopicReader<>(config, "rejected")) {
            while (true) {
                // What rules record is no sum of events.
                aggregates.readToEnd(window -> {
                    if (!recorded.contains(window.getMetric())) {
                        windows.add(window);
                    }
                });
                rejected.readToEnd(event -> rejects.merge(event.getReason(), 1L, Long::sum));
                Comparison onTopic = traffic.oracle().compare(windows, closedUntil);
                List<HourlyRow> rows = new HourlyTable(config.store()).rows();
                Comparison inTable = traffic.oracle()
                        .compareHourly(
                                rows.stream()
                                        .filter(row -> !recorded.contains(row.metric()))
                                        .toList(),
                                closedUntil);
                List<String> faults = new ArrayList<>();
                onTopic.first().stream().limit(SHOWN).forEach(faults::add);
                inTable.first().stream()
                        .limit(SHOWN)
                        .map(fault -> "PostgreSQL: " + fault)
                        .forEach(faults::add);
                long misjudged = misjudged(rejects, faults);
                long empty = emptyTables(faults);
                long mismatches = onTopic.mismatches() + inTable.mismatches() + misjudged + empty;
                if (mismatches == 0 || clock.instant().isAfter(until)) {
                    alertFaults(alerts, scenarios, faults);
                    return new DemoReport(
                            traffic.events(),
                            rejects.values().stream().mapToLong(Long::longValue).sum(),
                            onTopic.windows() + inTable.windows(),
                            mismatches,
                            alerts.firedCount(),
                            alerts.resolvedCount(),
                            rows.size(),
                            eventsPerSecond,
                            faults);
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }

    /** Prints the report for a person. */
    void print(DemoReport report) {
        out.printf("%nChecked against a recomputation of all %,d events:%n", report.events());
        out.printf("  windows and hourly rows compared  %,d%n", report.windows());
        out.printf("  mismatches                        %,d%n", report.mismatches());
        out.printf("  events rejected, each as expected %,d%n", report.rejected());
        out.printf("  hourly rows in PostgreSQL         %,d%n", report.hourlyRows());
        out.printf("  alerts fired / resolved           %,d / %,d%n", report.alertsFired(), report.alertsResolved());
        new StoreRows(config.store()).counts().forEach((table, rows) -> out.printf("    %-40s %,10d rows%n", table, rows));
        report.faults().forEach(fault -> out.println("  FAULT " + fault));
        out.flush();
    }

    private long emptyTables(List<String> faults) {
        List<String> empty = new StoreRows(config.store())
                .counts().entrySet().stream()
                        .filter(table -> table.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .toList();
        empty.forEach(table -> faults.add("PostgreSQL: " + table + " is empty, must have rows"));
        return empty.size();
    }

    private long misjudged(Map<RejectReason, Long> rejects, List<String> faults) {
        long misjudged = 0;
        Set<RejectReason> reasons = new TreeSet<>(rejects.keySet());
        reasons.addAll(traffic.expectedRejects().keySet());
        for (RejectReason reason : reasons) {
            long expected = traffic.expectedRejects().getOrDefault(reason, 0L);
            long observed = rejects.getOrDefault(reason, 0L);
            if (expected != observed) {
                misjudged += Math.abs(expected - observed);
                faults.add("rejected as " + reason + ": " + observed + ", must be " + expected);
            }
        }
        return misjudged;
    }

    private static void alertFaults(AlertWatch alerts, List<Scenario> scenarios, List<String> faults) {
        Set<String> expected = new TreeSet<>();
        for (Scenario scenario : scenarios) {
            for (Incident incident : scenario.incidents()) {
                expected.addAll(incident.alerts());
            }
        }
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(alerts.fired());
        missing.forEach(alert -> faults.add("alert " + alert + " has not fired, must have"));
        Set<String> extra = new TreeSet<>(alerts.fired());
        extra.removeAll(expected);
        extra.forEach(alert -> faults.add("alert " + alert + " has fired, must not have: no incident raises it"));
        new TreeSet<>(alerts.firing())
                .forEach(alert -> faults.add("alert " + alert + " still fires, must be resolved"));
    }
}
