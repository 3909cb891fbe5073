package dev.weir.testing.workload;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The live service of the demo: a busy checkout whose incident is short enough to be watched. */
final class CheckoutScenario {
    private static final String SERVICE = "checkout";
    private static final String REQUESTS = "http_request_duration_seconds";
    private static final String CACHE = "cache_requests_total";

    private CheckoutScenario() {}

    static Scenario create(Duration incidentStart, Duration incidentEnd) {
        var builder = new ScenarioBuilder("checkout");
        for (String endpoint : List.of("/cart", "/address", "/pay")) {
            builder.duration(
                    REQUESTS,
                    SERVICE,
                    Map.of("endpoint", endpoint),
                    1,
                    0.11,
                    0.3,
                    series -> series.every(Duration.ofMillis(100)).with(Verdict.errors(0.005)));
        }
        var lookup = new ValueModel.Level(1, 0, 1);
        builder.add(SeriesModel.of(CACHE, SERVICE, Map.of("cache", "prices"), MetricKind.COUNT, 1, lookup)
                .every(Duration.ofMillis(50))
                .with(Verdict.misses(0.05)));
        builder.level("http_active_connections", SERVICE, Map.of(), 5, 60);
        return builder.incident(
                        "the payment provider hangs while a deployment has emptied the cache",
                        incidentStart,
                        incidentEnd,
                        Set.of("DemoHighErrorRate", "DemoHighLatency", "DemoLowCacheHitRate"),
                        List.of(
                                new Disturbance(REQUESTS, Map.of(), new Effect.Turn(0.25)),
                                new Disturbance(REQUESTS, Map.of(), new Effect.Scale(12, 0.3)),
                                new Disturbance(CACHE, Map.of(), new Effect.Turn(0.7))))
                .build();
    }
}
