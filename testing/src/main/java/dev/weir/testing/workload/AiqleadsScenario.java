package dev.weir.testing.workload;

import static dev.weir.testing.workload.ScenarioBuilder.scale;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** AIQLeads' schema validation: an API that checks each request, its Redis cache and its PostGIS database. */
final class AiqleadsScenario {
    private static final String API = "aiqleads-api";
    private static final String DATABASE = "aiqleads-database";
    private static final List<String> ENDPOINTS = List.of("/leads", "/listings", "/geo/search", "/markets");

    private AiqleadsScenario() {}

    static Scenario create() {
        var builder = new ScenarioBuilder("aiqleads");
        ENDPOINTS.forEach(endpoint -> validation(builder, endpoint));
        cacheAndQueries(builder);
        schema(builder);
        return builder.incident(
                        "a schema update makes validation slow and strict",
                        20,
                        38,
                        Set.of("SlowSchemaValidation", "HighValidationErrorRate"),
                        scale("schema_validation_duration_seconds", Map.of(), 5),
                        scale("validation_errors_total", Map.of(), 15))
                .incident(
                        "the cache is flushed and fills slowly",
                        60,
                        82,
                        Set.of("LowValidationCacheHitRate"),
                        scale("cache_hits_total", Map.of(), 0.6),
                        scale("cache_misses_total", Map.of(), 6))
                .incident(
                        "the spatial index is not used",
                        110,
                        125,
                        Set.of("SlowGeospatialQuery"),
                        scale("postgis_query_duration_seconds", Map.of(), 8))
                .build();
    }

    private static void validation(ScenarioBuilder builder, String endpoint) {
        Map<String, String> labels = Map.of("endpoint", endpoint);
        builder.duration("schema_validation_duration_seconds", API, labels, 5, 0.004, 0.22)
                .counter("api_requests_total", API, labels, 10, 120);
        for (String field : List.of("email", "price")) {
            builder.counter("validation_errors_total", API, Map.of("endpoint", endpoint, "field", field), 15, 0.18);
        }
    }

    private static void cacheAndQueries(ScenarioBuilder builder) {
        builder.counter("cache_hits_total", API, Map.of("cache", "validation"), 10, 110)
                .counter("cache_misses_total", API, Map.of("cache", "validation"), 10, 8)
                .counter("boundary_validation_errors_total", API, Map.of("endpoint", "/geo/search"), 30, 0.2);
        for (String query : List.of("within", "nearest")) {
            builder.duration("postgis_query_duration_seconds", DATABASE, Map.of("query", query), 5, 0.025, 0.25);
        }
        builder.duration("database_query_duration_seconds", DATABASE, Map.of(), 10, 0.008, 0.4)
                .counter("database_deadlocks_total", DATABASE, Map.of(), 30, 0.01)
                .counter("database_lock_waits_total", DATABASE, Map.of(), 30, 0.4);
    }

    private static void schema(ScenarioBuilder builder) {
        for (String environment : List.of("production", "staging")) {
            Map<String, String> labels = Map.of("environment", environment);
            builder.constant("schema_version_active", API, labels, 30, 42)
                    .counter("schema_version_mismatches_total", API, labels, 30, 0.02);
        }
        builder.counter(
                "schema_migrations_total", DATABASE, Map.of(), 60, 0.1, series -> series.with(Verdict.errors(0.05)));
    }
}
