package dev.weir.testing.workload;

import static dev.weir.testing.workload.ScenarioBuilder.scale;
import static dev.weir.testing.workload.ScenarioBuilder.silence;
import static dev.weir.testing.workload.ScenarioBuilder.stand;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The AI-AAS lakehouse: PostgreSQL, MinIO, edge functions and the API in front of them. */
final class LakehouseScenario {
    private static final String POSTGRES = "lakehouse-postgres";
    private static final String MINIO = "lakehouse-minio";
    private static final String EDGE = "lakehouse-edge";
    private static final String API = "lakehouse-api";
    private static final Map<String, String> POSTGRES_JOB = Map.of("job", "postgres");

    private LakehouseScenario() {}

    static Scenario create() {
        var builder = new ScenarioBuilder("lakehouse");
        Map.of("postgres", POSTGRES, "minio", MINIO, "supabase-edge", EDGE).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(job -> builder.constant("up", job.getValue(), Map.of("job", job.getKey()), 10, 1));
        database(builder);
        storage(builder);
        functions(builder);
        return builder.incident(
                        "PostgreSQL refuses connections", 20, 26, Set.of("DatabaseDown"), stand("up", POSTGRES_JOB, 0))
                .incident(
                        "the exporter of PostgreSQL is gone",
                        40,
                        51,
                        Set.of("DatabaseDown"),
                        silence("up", POSTGRES_JOB))
                .incident(
                        "a table was not analyzed",
                        65,
                        80,
                        Set.of("HighQueryTime"),
                        scale("postgres_query_duration_seconds", Map.of(), 12))
                .incident(
                        "an import doubles the data",
                        90,
                        102,
                        Set.of("StorageSpaceHigh"),
                        stand("minio_cluster_usage_total_bytes", Map.of(), 9.1e12))
                .incident(
                        "the API cannot reach its database",
                        115,
                        125,
                        Set.of("HighErrorRate"),
                        scale("http_requests_total", Map.of("service", API, "status_code", "503"), 80))
                .build();
    }

    private static void database(ScenarioBuilder builder) {
        Map<String, String> database = Map.of("datname", "lakehouse");
        for (String type : List.of("select", "insert", "aggregate")) {
            builder.duration("postgres_query_duration_seconds", POSTGRES, Map.of("query_type", type), 5, 0.35, 0.4);
        }
        builder.level("pg_stat_database_numbackends", POSTGRES, database, 30, 27)
                .counter("pg_stat_database_blks_hit", POSTGRES, database, 15, 9_600)
                .counter("pg_stat_database_blks_read", POSTGRES, database, 15, 400);
        for (String hash : List.of("5f1c", "a03e")) {
            builder.duration("postgres_statement_duration_seconds", POSTGRES, Map.of("query_hash", hash), 15, 0.8, 0.4);
        }
    }

    private static void storage(ScenarioBuilder builder) {
        builder.level("minio_cluster_usage_total_bytes", MINIO, Map.of(), 30, 6.1e12)
                .constant("minio_cluster_capacity_total_bytes", MINIO, Map.of(), 30, 1e13)
                .counter("minio_s3_requests_total", MINIO, Map.of("api", "getobject"), 15, 140);
    }

    private static void functions(ScenarioBuilder builder) {
        for (String service : List.of(API, EDGE)) {
            builder.counter("http_requests_total", service, Map.of("status_code", "200"), 10, 90)
                    .counter("http_requests_total", service, Map.of("status_code", "503"), 10, 0.2)
                    .duration("http_request_duration_seconds", service, Map.of(), 5, 0.12, 0.4);
        }
        for (String function : List.of("ingest", "enrich")) {
            Map<String, String> labels = Map.of("function", function);
            builder.duration(
                            "edge_function",
                            EDGE,
                            labels,
                            10,
                            140,
                            0.5,
                            series -> series.withUnit("ms").with(Verdict.errors(0.01)))
                    .counter(
                            "edge_function_errors_total",
                            EDGE,
                            Map.of("function", function, "error_type", "timeout"),
                            30,
                            0.05);
        }
        builder.constant("pipeline_status", EDGE, Map.of("pipeline_name", "bronze_to_silver"), 30, 1)
                .constant("component_health", EDGE, Map.of("component", "vector-store"), 30, 1);
    }
}
