package dev.weir.testing.workload;

import java.util.List;
import java.util.Map;

/** ChatDB's services: a gateway, a query parser, machine learning, their databases, Kafka and Kubernetes. */
final class ChatdbScenario {
    static final String GATEWAY = "chatdb-api-gateway";
    static final String PARSER = "chatdb-query-parser";
    static final String ML_ENGINE = "chatdb-ml-engine";
    static final String CONNECTOR = "chatdb-db-connector";
    static final String PREDICTION = "chatdb-prediction-service";
    static final String ORCHESTRATOR = "chatdb-training-orchestrator";
    static final String REGISTRY = "chatdb-model-registry";
    static final String KAFKA = "chatdb-kafka";
    static final String POSTGRESQL = "chatdb-postgresql";
    static final double MEMORY_LIMIT_BYTES = 4e9;

    private ChatdbScenario() {}

    static Scenario create() {
        var builder = new ScenarioBuilder("chatdb");
        endpoint(builder, GATEWAY, "POST", "/query");
        endpoint(builder, GATEWAY, "GET", "/models");
        endpoint(builder, PARSER, "POST", "/parse");
        endpoint(builder, PREDICTION, "POST", "/predict");
        queries(builder);
        models(builder);
        databases(builder);
        for (String service : List.of(GATEWAY, PARSER, PREDICTION)) {
            container(builder, service);
        }
        kafka(builder);
        ChatdbIncidents.add(builder);
        return builder.build();
    }

    private static void endpoint(ScenarioBuilder builder, String service, String method, String endpoint) {
        Map.of("200", 60.0, "400", 1.2, "500", 0.12).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(status -> builder.counter(
                        "http_requests_total",
                        service,
                        Map.of("method", method, "endpoint", endpoint, "status_code", status.getKey()),
                        10,
                        status.getValue()));
        Map<String, String> labels = Map.of("method", method, "endpoint", endpoint);
        builder.duration("http_request_duration_seconds", service, labels, 5, 0.07, 0.28);
    }

    private static void queries(ScenarioBuilder builder) {
        Map<String, String> free = Map.of("user_id", "u-1017", "api_key_tier", "free");
        builder.level("http_active_connections", GATEWAY, Map.of(), 30, 80)
                .counter("rate_limit_exceeded_total", GATEWAY, free, 30, 0.3)
                .duration("query_parse_duration_seconds", PARSER, query("select", "low"), 10, 0.03, 0.3)
                .duration("query_parse_duration_seconds", PARSER, query("aggregate", "high"), 10, 0.09, 0.3)
                .duration("query_parse_confidence", PARSER, Map.of("intent_type", "lookup"), 15, 0.9, 0.03)
                .counter("nlp_cache_hits_total", PARSER, Map.of(), 15, 40)
                .counter("query_parse_failures_total", PARSER, Map.of("failure_reason", "ambiguous"), 30, 0.5)
                .level("query_processing_queue_size", PARSER, Map.of(), 15, 12)
                .level("active_predictions", PREDICTION, Map.of(), 30, 9);
    }

    private static Map<String, String> query(String type, String complexity) {
        return Map.of("query_type", type, "complexity", complexity);
    }

    private static void models(ScenarioBuilder builder) {
        for (String model : List.of("intent", "sql")) {
            Map<String, String> id = Map.of("model_id", model);
            builder.ratio(
                            "model_validation_accuracy",
                            ML_ENGINE,
                            Map.of("model_id", model, "model_version", "7"),
                            15,
                            0.93)
                    .duration("prediction_duration_seconds", PREDICTION, id, 10, 0.05, 0.3)
                    .ratio("prediction_cache_hit_rate", PREDICTION, id, 15, 0.88)
                    .counter("model_downloads_total", REGISTRY, id, 30, 0.4)
                    .level(
                            "gpu_utilization_percent",
                            ML_ENGINE,
                            Map.of("gpu_id", model.equals("sql") ? "1" : "0"),
                            30,
                            62);
        }
        Map<String, String> type = Map.of("model_type", "transformer");
        builder.duration(
                        "training_duration_seconds",
                        ML_ENGINE,
                        Map.of("model_type", "transformer", "dataset_size_tier", "m"),
                        60,
                        420,
                        0.3)
                .duration(
                        "model_load_duration_seconds",
                        PREDICTION,
                        Map.of("model_id", "sql", "model_size", "l"),
                        60,
                        3,
                        0.3)
                .counter("training_jobs_failed_total", ML_ENGINE, Map.of(), 30, 0.001)
                .level("training_jobs_active", ML_ENGINE, Map.of(), 30, 5)
                .level("training_queue_jobs", ML_ENGINE, Map.of(), 30, 6)
                .level("training_jobs_queued", ORCHESTRATOR, Map.of("priority", "high"), 30, 4)
                .ratio("training_jobs_success_rate", ORCHESTRATOR, type, 30, 0.97)
                .level("training_resource_usage_percent", ORCHESTRATOR, Map.of("resource_type", "gpu"), 30, 60)
                .level("model_storage_bytes", REGISTRY, type, 60, 8.2e11)
                .duration("s3_operation_duration_seconds", REGISTRY, Map.of("operation_type", "get"), 15, 0.06, 0.4)
                .duration("metadata_query_duration_seconds", REGISTRY, Map.of(), 15, 0.006, 0.4);
    }

    private static void databases(ScenarioBuilder builder) {
        for (String type : List.of("postgresql", "mongodb")) {
            Map<String, String> labels = Map.of("database_type", type);
            builder.level("db_connection_pool_active", CONNECTOR, labels, 15, 22)
                    .constant("db_connection_pool_max", CONNECTOR, labels, 30, 50)
                    .ratio("db_query_cache_hit_rate", CONNECTOR, labels, 30, 0.91)
                    .counter("db_deadlocks_total", CONNECTOR, labels, 30, 0.01)
                    .duration(
                            "db_query_duration_seconds",
                            CONNECTOR,
                            Map.of("database_type", type, "table", "orders"),
                            10,
                            0.02,
                            0.4);
        }
        Map<String, String> database = Map.of("database", "chatdb");
        builder.level("db_query_queue_depth", CONNECTOR, Map.of(), 15, 7)
                .level("pg_stat_database_numbackends", POSTGRESQL, database, 30, 34)
                .level("pg_stat_statements_mean_time_ms", POSTGRESQL, database, 30, 18)
                .ratio("pg_stat_database_blks_hit_ratio", POSTGRESQL, database, 30, 0.96);
    }

    private static void container(ScenarioBuilder builder, String service) {
        Map<String, String> pod = Map.of("pod", service + "-0", "namespace", "chatdb");
        builder.seconds("container_cpu_usage_seconds_total", service, pod, 15, 15 * 0.42)
                .level("container_memory_usage_bytes", service, pod, 15, MEMORY_LIMIT_BYTES * 0.55)
                .constant("container_cpu_limit_cores", service, pod, 60, 1)
                .constant("container_memory_limit_bytes", service, pod, 60, MEMORY_LIMIT_BYTES)
                .counter("kube_pod_container_status_restarts_total", service, pod, 60, 0.001);
    }

    private static void kafka(ScenarioBuilder builder) {
        Map<String, String> group = Map.of("consumergroup", "trainer", "topic", "training-jobs");
        builder.level("kafka_consumer_lag_sum", KAFKA, group, 15, 120)
                .level("kafka_consumer_lag", ORCHESTRATOR, Map.of("topic", "training-jobs", "partition", "0"), 30, 60)
                .counter(
                        "kafka_server_brokertopicmetrics_messagesin_total",
                        KAFKA,
                        Map.of("topic", "training-jobs"),
                        15,
                        900)
                .constant("kafka_server_kafkaserver_brokerstate", KAFKA, Map.of("broker_id", "1"), 30, 3);
    }
}
