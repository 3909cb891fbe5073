package dev.weir.testing.workload;

import static dev.weir.testing.workload.EventLog.label;
import static dev.weir.testing.workload.EventLog.outcome;
import static dev.weir.testing.workload.EventLog.ratio;

import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import dev.weir.testing.workload.AlertCondition.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/** The conditions of the rule packs, written again by hand from the seed systems' table. */
final class AlertConditions {
    private static final Duration M5 = Duration.ofMinutes(5);

    private AlertConditions() {}

    static List<AlertCondition> of(String pack) {
        return switch (pack) {
            case "aiqleads" -> aiqleads();
            case "producers" -> producers();
            case "chatdb" -> chatdb();
            case "pyairtable" -> pyairtable();
            case "lakehouse" -> lakehouse();
            case "demo" -> demo();
            default -> throw new IllegalArgumentException("no conditions for pack " + pack);
        };
    }

    private static List<AlertCondition> aiqleads() {
        Duration minute = Duration.ofMinutes(1);
        Query errors = (log, end) -> ratio(
                log.sum("validation_errors_total", AlertConditions::all, end, minute),
                log.sum("api_requests_total", AlertConditions::all, end, minute));
        Query hits = (log, end) -> {
            double hit =
                    log.sum("cache_hits_total", AlertConditions::all, end, M5).getOrDefault("", 0.0);
            double miss =
                    log.sum("cache_misses_total", AlertConditions::all, end, M5).getOrDefault("", 0.0);
            return hit + miss == 0 ? Map.of() : Map.of("", hit / (hit + miss));
        };
        return List.of(
                windowed(
                        "SlowSchemaValidation",
                        "warning",
                        1,
                        p95("schema_validation_duration_seconds", AlertConditions::all, "endpoint"),
                        v -> v > 0.01),
                windowed("HighValidationErrorRate", "warning", 5, errors, v -> v > 0.01),
                windowed("LowValidationCacheHitRate", "warning", 10, hits, v -> v < 0.85),
                windowed(
                        "SlowGeospatialQuery",
                        "critical",
                        5,
                        p95("postgis_query_duration_seconds", AlertConditions::all),
                        v -> v > 0.1));
    }

    private static List<AlertCondition> producers() {
        Query stuck = (log, end) -> Map.of(
                "",
                log.latest("queue_stuck_messages", AlertConditions::all, end, "queue").values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
        return List.of(
                windowed("StuckMessages", "warning", 0, stuck, v -> v > 0),
                windowed("StuckMessages", "critical", 0, stuck, v -> v > 10),
                windowed("HighQueueErrorRate", "warning", 5, failures("queue_processing", "queue"), v -> v > 0.1),
                windowed("HighApiErrorRate", "warning", 5, failures("api_call", "api"), v -> v > 0.1),
                windowed(
                        "ApiRateLimited",
                        "warning",
                        2,
                        sum("api_rate_limit_hits_total", AlertConditions::all, M5, "api"),
                        v -> v > 20));
    }

    private static List<AlertCondition> chatdb() {
        Predicate<MetricEvent> own = label("service", "chatdb-");
        Query errors = httpErrors(own, "status_code");
        Query p95 = p95("http_request_duration_seconds", own, "service");
        Duration tenMinutes = Duration.ofMinutes(10);
        Query pool = levels("db_connection_pool_active", "db_connection_pool_max", "database_type");
        Query cpu = (log, end) -> ratio(
                scaled(log.sum("container_cpu_usage_seconds_total", own, end, M5, "pod"), 1.0 / M5.toSeconds()),
                log.latest("container_cpu_limit_cores", own, end, "pod"));
        Query memory = levels("container_memory_usage_bytes", "container_memory_limit_bytes", "pod");
        return List.of(
                windowed("HighErrorRate", "critical", 5, errors, v -> v > 0.05),
                windowed("HighErrorRate", "warning", 5, errors, v -> v > 0.01),
                windowed("HighResponseTime", "warning", 10, p95, v -> v > 1),
                windowed("SlowResponse", "warning", 5, p95, v -> v > 0.2),
                windowed("SlowResponse", "critical", 5, p95, v -> v > 0.5),
                new AlertCondition(
                        "TrainingJobFailures",
                        "critical",
                        Duration.ZERO,
                        tenMinutes,
                        sum("training_jobs_failed_total", AlertConditions::all, tenMinutes),
                        v -> v > 2),
                windowed("DatabaseConnectionExhausted", "warning", 5, pool, v -> v > 0.9),
                windowed("KafkaConsumerLag", "critical", 15, level("kafka_consumer_lag_sum"), v -> v > 1000),
                windowed(
                        "ModelAccuracyDegraded",
                        "warning",
                        30,
                        level("model_validation_accuracy", "model_id"),
                        v -> v < 0.85),
                windowed(
                        "QueryProcessingBottleneck",
                        "critical",
                        10,
                        level("query_processing_queue_size"),
                        v -> v > 100),
                windowed(
                        "HighCacheMissRate",
                        "warning",
                        15,
                        level("prediction_cache_hit_rate", "model_id"),
                        v -> v < 0.7),
                windowed("HighCpuUsage", "warning", 5, cpu, v -> v > 0.7),
                windowed("HighCpuUsage", "critical", 5, cpu, v -> v > 0.85),
                windowed("HighMemoryUsage", "warning", 5, memory, v -> v > 0.75),
                windowed("HighMemoryUsage", "critical", 5, memory, v -> v > 0.9));
    }

    private static List<AlertCondition> pyairtable() {
        Predicate<MetricEvent> own = label("service", "pyairtable-");
        Query p95 = p95("http_request_duration_seconds", own, "service");
        String cpu = "node_cpu_seconds_total";
        Query idle = (log, end) -> ratio(
                log.sum(cpu, label("mode", "idle"), end, M5, "instance"),
                log.sum(cpu, AlertConditions::all, end, M5, "instance"));
        Query hits = (log, end) -> ratio(
                log.sum("cache_requests_total", own.and(outcome(Outcome.HIT)), end, M5, "service"),
                log.sum("cache_requests_total", own, end, M5, "service"));
        Query receiveErrors = (log, end) ->
                scaled(log.sum("node_network_receive_errs_total", own, end, M5, "instance"), 1.0 / M5.toSeconds());
        Duration tenMinutes = Duration.ofMinutes(10);
        Query pool = levels("db_connections_active", "db_connections_max", "database");
        Query freeMemory = levels("node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes", "instance");
        Query freeDisk = levels("node_filesystem_avail_bytes", "node_filesystem_size_bytes", "instance");
        return List.of(
                windowed("ServiceDown", "critical", 1, up(own), v -> v == 0),
                windowed("ServiceSilent", "critical", 1, silent(own), v -> v == 1),
                windowed("PlatformSilent", "critical", 1, absent(own), v -> v == 1),
                windowed("HighErrorRate", "critical", 2, httpErrors(own, "status"), v -> v > 0.05),
                windowed("DatabaseConnectionPoolExhausted", "critical", 2, pool, v -> v >= 0.95),
                windowed("VeryHighResponseTime", "critical", 2, p95, v -> v > 5),
                windowed("HighResponseTime", "warning", 5, p95, v -> v > 1),
                windowed("HighCpuUsage", "warning", 5, idle, v -> 1 - v > 0.8),
                windowed("HighMemoryUsage", "warning", 5, freeMemory, v -> 1 - v > 0.8),
                windowed("LowCacheHitRatio", "warning", 5, hits, v -> v < 0.8),
                windowed(
                        "SlowDatabaseQueries",
                        "warning",
                        2,
                        sum("db_slow_queries_total", AlertConditions::all, M5, "database"),
                        v -> v > 20),
                windowed("LowDiskSpace", "warning", 5, freeDisk, v -> 1 - v > 0.85),
                windowed("HighSystemLoad", "warning", 5, level("node_load5", "instance"), v -> v > 8),
                new AlertCondition(
                        "ContainerRestarts",
                        "warning",
                        Duration.ZERO,
                        tenMinutes,
                        sum("container_restarts_total", AlertConditions::all, tenMinutes, "container"),
                        v -> v > 2),
                windowed("NetworkErrors", "warning", 2, receiveErrors, v -> v > 1));
    }

    private static List<AlertCondition> lakehouse() {
        Predicate<MetricEvent> postgres = label("job", "postgres");
        String queries = "postgres_query_duration_seconds";
        Query mean = (log, end) -> ratio(
                log.sum(queries, AlertConditions::all, end, M5), log.count(queries, AlertConditions::all, end, M5));
        Query used = levels("minio_cluster_usage_total_bytes", "minio_cluster_capacity_total_bytes", "service");
        return List.of(
                windowed("DatabaseDown", "critical", 1, up(postgres), v -> v == 0),
                windowed("DatabaseDown", "critical", 1, absent(postgres), v -> v == 1),
                windowed("HighQueryTime", "warning", 5, mean, v -> v > 2),
                windowed("StorageSpaceHigh", "warning", 5, used, v -> v > 0.85),
                windowed(
                        "HighErrorRate",
                        "critical",
                        2,
                        httpErrors(label("service", "lakehouse-"), "status_code"),
                        v -> v > 0.05));
    }

    private static List<AlertCondition> demo() {
        Duration range = Duration.ofSeconds(30);
        String requests = "http_request_duration_seconds";
        Query errors = (log, end) -> ratio(
                log.count(requests, outcome(Outcome.ERROR), end, range),
                log.count(requests, AlertConditions::all, end, range));
        Query p95 = (log, end) -> log.p95(requests, AlertConditions::all, end, range);
        Query hits = (log, end) -> ratio(
                log.sum("cache_requests_total", outcome(Outcome.HIT), end, range),
                log.sum("cache_requests_total", AlertConditions::all, end, range));
        Duration hold = Duration.ofSeconds(10);
        return List.of(
                new AlertCondition("DemoHighErrorRate", "critical", hold, range, errors, v -> v > 0.05),
                new AlertCondition("DemoHighLatency", "warning", hold, range, p95, v -> v > 0.5),
                new AlertCondition("DemoLowCacheHitRate", "warning", hold, range, hits, v -> v < 0.8));
    }

    private static AlertCondition windowed(
            String alert, String severity, int holdMinutes, Query query, DoublePredicate holds) {
        return new AlertCondition(alert, severity, Duration.ofMinutes(holdMinutes), M5, query, holds);
    }

    private static Query p95(String metric, Predicate<MetricEvent> which, String... by) {
        return (log, end) -> log.p95(metric, which, end, M5, by);
    }

    private static Query sum(String metric, Predicate<MetricEvent> which, Duration range, String... by) {
        return (log, end) -> log.sum(metric, which, end, range, by);
    }

    private static Query level(String metric, String... by) {
        return (log, end) -> log.latest(metric, AlertConditions::all, end, by);
    }

    private static Query levels(String part, String all, String... by) {
        return (log, end) ->
                ratio(log.latest(part, AlertConditions::all, end, by), log.latest(all, AlertConditions::all, end, by));
    }

    private static Query up(Predicate<MetricEvent> which) {
        return (log, end) -> log.latest("up", which, end, "service");
    }

    private static Query absent(Predicate<MetricEvent> which) {
        return (log, end) -> log.latest("up", which, end, "service").isEmpty() ? Map.of("", 1.0) : Map.of();
    }

    /** 1 for each service that reported within the last hour and does not now. */
    private static Query silent(Predicate<MetricEvent> which) {
        return (log, end) -> {
            Map<String, Double> silent = log.count("up", which, end, Duration.ofHours(1), "service");
            silent.keySet().removeAll(log.latest("up", which, end, "service").keySet());
            silent.replaceAll((service, count) -> 1.0);
            return silent;
        };
    }

    private static Query failures(String metric, String by) {
        return (log, end) -> ratio(
                log.count(metric, outcome(Outcome.ERROR), end, M5, by),
                log.count(metric, AlertConditions::all, end, M5, by));
    }

    private static Query httpErrors(Predicate<MetricEvent> own, String status) {
        return (log, end) -> ratio(
                log.sum("http_requests_total", own.and(label(status, "5")), end, M5, "service"),
                log.sum("http_requests_total", own, end, M5, "service"));
    }

    private static Map<String, Double> scaled(Map<String, Double> values, double factor) {
        values.replaceAll((group, value) -> value * factor);
        return values;
    }

    private static boolean all(MetricEvent event) {
        return true;
    }
}
