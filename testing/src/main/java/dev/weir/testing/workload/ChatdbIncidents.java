package dev.weir.testing.workload;

import static dev.weir.testing.workload.ScenarioBuilder.scale;
import static dev.weir.testing.workload.ScenarioBuilder.stand;

import java.util.Map;
import java.util.Set;

/** What goes wrong at ChatDB within three hours. */
final class ChatdbIncidents {
    private ChatdbIncidents() {}

    static void add(ScenarioBuilder builder) {
        traffic(builder);
        resources(builder);
        models(builder);
    }

    private static void traffic(ScenarioBuilder builder) {
        Map<String, String> gateway = Map.of("service", ChatdbScenario.GATEWAY);
        builder.incident(
                        "the gateway waits for a slow dependency",
                        15,
                        34,
                        Set.of("HighResponseTime", "SlowResponse"),
                        scale("http_request_duration_seconds", gateway, 25))
                .incident(
                        "the parser slows down a little",
                        20,
                        34,
                        Set.of("SlowResponse"),
                        scale("http_request_duration_seconds", Map.of("service", ChatdbScenario.PARSER), 3.3))
                .incident(
                        "a bad release of the gateway answers 500",
                        45,
                        58,
                        Set.of("HighErrorRate"),
                        scale(
                                "http_requests_total",
                                Map.of("service", ChatdbScenario.GATEWAY, "status_code", "500"),
                                70))
                .incident(
                        "one prediction in fifty fails",
                        62,
                        76,
                        Set.of("HighErrorRate"),
                        scale(
                                "http_requests_total",
                                Map.of("service", ChatdbScenario.PREDICTION, "status_code", "500"),
                                12));
    }

    private static void resources(ScenarioBuilder builder) {
        Map<String, String> gateway = Map.of("service", ChatdbScenario.GATEWAY);
        Map<String, String> parser = Map.of("service", ChatdbScenario.PARSER);
        builder.incident(
                        "connections leak",
                        75,
                        85,
                        Set.of("DatabaseConnectionExhausted"),
                        stand("db_connection_pool_active", Map.of("database_type", "postgresql"), 48))
                .incident(
                        "the trainer stops reading",
                        90,
                        112,
                        Set.of("KafkaConsumerLag"),
                        stand("kafka_consumer_lag_sum", Map.of(), 4_500))
                .incident(
                        "queries arrive faster than they are parsed",
                        118,
                        133,
                        Set.of("QueryProcessingBottleneck"),
                        stand("query_processing_queue_size", Map.of(), 240))
                .incident(
                        "a loop burns the processor",
                        138,
                        152,
                        Set.of("HighCpuUsage"),
                        scale("container_cpu_usage_seconds_total", gateway, 2.3))
                .incident(
                        "the parser is busier than usual",
                        138,
                        152,
                        Set.of("HighCpuUsage"),
                        scale("container_cpu_usage_seconds_total", parser, 1.84))
                .incident(
                        "memory leaks",
                        155,
                        166,
                        Set.of("HighMemoryUsage"),
                        stand("container_memory_usage_bytes", gateway, ChatdbScenario.MEMORY_LIMIT_BYTES * 0.95))
                .incident(
                        "the parser keeps a large vocabulary",
                        155,
                        166,
                        Set.of("HighMemoryUsage"),
                        stand("container_memory_usage_bytes", parser, ChatdbScenario.MEMORY_LIMIT_BYTES * 0.82));
    }

    private static void models(ScenarioBuilder builder) {
        builder.incident(
                        "training runs out of disk",
                        65,
                        70,
                        Set.of("TrainingJobFailures"),
                        scale("training_jobs_failed_total", Map.of(), 1_500))
                .incident(
                        "the data drift away from a model",
                        100,
                        140,
                        Set.of("ModelAccuracyDegraded"),
                        stand("model_validation_accuracy", Map.of("model_id", "sql"), 0.78))
                .incident(
                        "the predictions of one model are evicted too early",
                        130,
                        152,
                        Set.of("HighCacheMissRate"),
                        stand("prediction_cache_hit_rate", Map.of("model_id", "intent"), 0.55));
    }
}
