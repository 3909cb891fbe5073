package dev.weir.testing.workload;

import static dev.weir.testing.workload.ScenarioBuilder.scale;
import static dev.weir.testing.workload.ScenarioBuilder.silence;
import static dev.weir.testing.workload.ScenarioBuilder.stand;

import java.util.Map;
import java.util.Set;

/** What goes wrong at PyAirtable within three hours. */
final class PyairtableIncidents {
    private static final Map<String, String> NODE = Map.of("instance", "node-1");

    private PyairtableIncidents() {}

    static void add(ScenarioBuilder builder) {
        services(builder);
        stores(builder);
        hosts(builder);
        builder.incident(
                "nothing reports any more",
                160,
                170,
                Set.of("PlatformSilent", "ServiceSilent"),
                silence("up", Map.of()));
    }

    private static void services(ScenarioBuilder builder) {
        Map<String, String> auth = Map.of("service", PyairtableScenario.AUTH);
        Map<String, String> airtable = Map.of("service", PyairtableScenario.AIRTABLE);
        builder.incident("the auth service stops", 10, 15, Set.of("ServiceDown"), stand("up", auth, 0))
                .incident(
                        "Airtable refuses requests",
                        20,
                        32,
                        Set.of("HighErrorRate"),
                        scale(
                                "http_requests_total",
                                Map.of("service", PyairtableScenario.AIRTABLE, "status", "500"),
                                60))
                .incident(
                        "Airtable hardly answers",
                        45,
                        60,
                        Set.of("HighResponseTime", "VeryHighResponseTime"),
                        scale("http_request_duration_seconds", airtable, 70))
                .incident(
                        "logins are slow",
                        65,
                        80,
                        Set.of("HighResponseTime"),
                        scale("http_request_duration_seconds", auth, 10))
                .incident(
                        "a container crashes again and again",
                        150,
                        155,
                        Set.of("ContainerRestarts"),
                        scale("container_restarts_total", auth, 1_500));
    }

    private static void stores(ScenarioBuilder builder) {
        builder.incident(
                        "connections are not given back",
                        35,
                        42,
                        Set.of("DatabaseConnectionPoolExhausted"),
                        stand("db_connections_active", Map.of(), 99))
                .incident(
                        "a query lost its index",
                        85,
                        97,
                        Set.of("SlowDatabaseQueries"),
                        scale("db_slow_queries_total", Map.of(), 50))
                .incident(
                        "the cache evicts what is needed",
                        100,
                        114,
                        Set.of("LowCacheHitRatio"),
                        stand("cache_requests_total", Map.of(), 90));
    }

    private static void hosts(ScenarioBuilder builder) {
        builder.incident(
                        "a report burns the processor",
                        118,
                        132,
                        Set.of("HighCpuUsage", "HighSystemLoad"),
                        scale("node_cpu_seconds_total", Map.of("instance", "node-1", "mode", "idle"), 0.1),
                        stand("node_load5", NODE, 14))
                .incident(
                        "memory leaks",
                        120,
                        130,
                        Set.of("HighMemoryUsage"),
                        stand("node_memory_MemAvailable_bytes", NODE, PyairtableScenario.MEMORY_BYTES * 0.08))
                .incident(
                        "logs fill the disk",
                        134,
                        144,
                        Set.of("LowDiskSpace"),
                        stand("node_filesystem_avail_bytes", NODE, PyairtableScenario.DISK_BYTES * 0.06))
                .incident(
                        "a cable is loose",
                        138,
                        149,
                        Set.of("NetworkErrors"),
                        scale("node_network_receive_errs_total", NODE, 500));
    }
}
