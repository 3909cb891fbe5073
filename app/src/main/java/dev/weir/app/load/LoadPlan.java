package dev.weir.app.load;

import dev.weir.events.MetricEvent;
import dev.weir.testing.workload.Scenario;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * Which events a load has; equal plans have equal events.
 *
 * @param scenario one of {@link #SCENARIOS}
 * @param series number of series; only {@code uniform} asks for it
 * @param eventsPerSecond density in event time; only {@code uniform} asks for it
 * @param events how many
 * @param start the first event is not before it
 */
public record LoadPlan(String scenario, long seed, int series, double eventsPerSecond, long events, Instant start) {
    /** {@code systems} is all five monitored systems together. */
    public static final List<String> SCENARIOS =
            List.of("uniform", "systems", "aiqleads", "producers", "chatdb", "pyairtable", "lakehouse");

    private static final Duration LONGEST = Duration.ofDays(3_650);

    public LoadPlan {
        if (!SCENARIOS.contains(scenario)) {
            throw new IllegalArgumentException(
                    "scenario is " + scenario + ", must be one of " + String.join(", ", SCENARIOS));
        }
        if (events < 0) {
            throw new IllegalArgumentException("events is " + events + ", must be >= 0");
        }
    }

    /** The start from which so many events end about now, so that none lies in the future however fast they are sent. */
    public static Instant startFor(long events, double eventsPerSecond, Instant now) {
        return now.minusMillis((long) Math.ceil(events / eventsPerSecond * 1_000));
    }

    /** The events in order of event time. */
    Iterator<MetricEvent> generate() {
        return Workload.of(seed, start, scenarios())
                .events(start, start.plus(LONGEST))
                .limit(events)
                .iterator();
    }

    private List<Scenario> scenarios() {
        return switch (scenario) {
            case "systems" -> Scenarios.systems();
            case "aiqleads" -> List.of(Scenarios.aiqleads());
            case "producers" -> List.of(Scenarios.producers());
            case "chatdb" -> List.of(Scenarios.chatdb());
            case "pyairtable" -> List.of(Scenarios.pyairtable());
            case "lakehouse" -> List.of(Scenarios.lakehouse());
            default -> List.of(Scenarios.uniform(series, eventsPerSecond));
        };
    }
}
