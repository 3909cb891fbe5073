package dev.weir.testing.workload;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plain load: many series that speak equally often, half of them durations, a quarter counters, a quarter levels. */
final class UniformScenario {
    private static final int SERVICES = 20;

    private UniformScenario() {}

    static Scenario create(int seriesCount, double eventsPerSecond) {
        Require.positive("series", seriesCount);
        Require.positive("eventsPerSecond", eventsPerSecond);
        long everyMs = Math.round(seriesCount * 1_000.0 / eventsPerSecond);
        if (everyMs < 1) {
            throw new IllegalArgumentException("eventsPerSecond is " + eventsPerSecond + ", must be <= 1000 a series ("
                    + seriesCount + " series)");
        }
        List<SeriesModel> series = new ArrayList<>(seriesCount);
        for (int i = 0; i < seriesCount; i++) {
            series.add(series(i, Duration.ofMillis(everyMs)));
        }
        return new Scenario("uniform", series, List.of());
    }

    private static SeriesModel series(int number, Duration every) {
        return switch (number % 4) {
            case 0, 1 ->
                model(number, "load_request_duration_seconds", MetricKind.OBSERVATION, every)
                        .with(Verdict.errors(0.02));
            case 2 ->
                model(number, "load_cache_requests_total", MetricKind.COUNT, every)
                        .with(Verdict.misses(0.1));
            default -> model(number, "load_queue_depth", MetricKind.GAUGE, every);
        };
    }

    private static SeriesModel model(int number, String metric, MetricKind kind, Duration every) {
        Map<String, String> labels = Map.of("endpoint", "/e" + number, "zone", "z" + number % 3);
        return new SeriesModel(
                metric,
                "load-" + number % SERVICES,
                new TreeMap<>(labels),
                kind,
                null,
                every,
                values(kind),
                Verdict.NONE);
    }

    private static ValueModel values(MetricKind kind) {
        return switch (kind) {
            case OBSERVATION -> new ValueModel.Spread(0.05, 0.6);
            case COUNT -> new ValueModel.Level(1, 0, 1);
            case GAUGE, CUMULATIVE -> new ValueModel.Level(100, 0.5, 1);
        };
    }
}
