package dev.weir.testing.workload;

import static dev.weir.testing.workload.ScenarioBuilder.scale;
import static dev.weir.testing.workload.ScenarioBuilder.stand;
import static dev.weir.testing.workload.ScenarioBuilder.turn;

import dev.weir.events.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The producer discovery pipeline: workers that drain queues and call the music platforms' APIs. Durations are in ms. */
final class ProducersScenario {
    private static final String WORKER = "producers-worker";
    private static final String QUEUE_MONITOR = "producers-queue-monitor";
    private static final List<String> QUEUES = List.of("artists", "albums", "tracks", "producers");
    private static final List<String> APIS = List.of("spotify", "genius", "discogs");

    private ProducersScenario() {}

    static Scenario create() {
        var builder = new ScenarioBuilder("producers");
        QUEUES.forEach(queue -> queue(builder, queue));
        APIS.forEach(api -> api(builder, api));
        for (String entity : List.of("artist", "album", "track")) {
            Map<String, String> labels = Map.of("entity_type", entity);
            builder.counter("entities_processed_total", WORKER, labels, 15, 30)
                    .duration("entity_processing", WORKER, labels, 15, 90, 0.4, series -> series.withUnit("ms"));
        }
        return builder.incident(
                        "a few messages of one queue are stuck",
                        15,
                        24,
                        Set.of("StuckMessages"),
                        stand("queue_stuck_messages", Map.of("queue", "albums"), 3))
                .incident(
                        "a worker hangs and its messages stay invisible",
                        40,
                        52,
                        Set.of("StuckMessages"),
                        stand("queue_stuck_messages", Map.of("queue", "tracks"), 25))
                .incident(
                        "a malformed payload fails in one queue",
                        70,
                        88,
                        Set.of("HighQueueErrorRate"),
                        turn("queue_processing", Map.of("queue", "producers"), 0.5))
                .incident(
                        "one API answers with errors and limits the rate",
                        110,
                        128,
                        Set.of("HighApiErrorRate", "ApiRateLimited"),
                        turn("api_call", Map.of("api", "spotify"), 0.5),
                        scale("api_rate_limit_hits_total", Map.of("api", "spotify"), 60))
                .build();
    }

    private static void queue(ScenarioBuilder builder, String queue) {
        Map<String, String> labels = Map.of("queue", queue);
        builder.duration(
                        "queue_processing",
                        WORKER,
                        labels,
                        5,
                        180,
                        0.4,
                        series -> series.withUnit("ms").with(Verdict.errors(0.005)))
                .counter(
                        "queue_messages_total",
                        WORKER,
                        labels,
                        10,
                        18,
                        series -> series.with(Verdict.always(Outcome.SUCCESS)))
                .counter(
                        "queue_messages_total",
                        WORKER,
                        labels,
                        10,
                        0.2,
                        series -> series.with(Verdict.always(Outcome.ERROR)))
                .level("queue_depth", QUEUE_MONITOR, labels, 15, 40)
                .constant("queue_stuck_messages", QUEUE_MONITOR, labels, 15, 0);
    }

    private static void api(ScenarioBuilder builder, String api) {
        Map<String, String> labels = Map.of("api", api);
        builder.duration(
                        "api_call",
                        WORKER,
                        labels,
                        5,
                        240,
                        0.35,
                        series -> series.withUnit("ms").with(Verdict.errors(0.005)))
                .counter("api_rate_limit_hits_total", WORKER, labels, 15, 0.05);
    }
}
