package dev.weir.testing.workload;

import dev.weir.events.Outcome;
import java.util.List;
import java.util.Map;

/** PyAirtable's services in production, with their database, cache and hosts. */
final class PyairtableScenario {
    static final String ENVIRONMENT = "environment";
    static final String PRODUCTION = "production";
    static final String GATEWAY = "pyairtable-api-gateway";
    static final String AUTH = "pyairtable-auth-service";
    static final String AIRTABLE = "pyairtable-airtable-service";
    static final String POSTGRES = "pyairtable-postgres";
    static final String REDIS = "pyairtable-redis";
    static final String HOSTS = "pyairtable-hosts";
    static final double MEMORY_BYTES = 3.2e10;
    static final double DISK_BYTES = 5e11;

    private PyairtableScenario() {}

    static Scenario create() {
        var builder = new ScenarioBuilder("pyairtable");
        Map.of(GATEWAY, "/api/tables", AUTH, "/login", AIRTABLE, "/records").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(service -> service(builder, service.getKey(), service.getValue()));
        database(builder);
        cache(builder);
        host(builder, "node-1");
        host(builder, "node-2");
        PyairtableIncidents.add(builder);
        return builder.build();
    }

    private static void service(ScenarioBuilder builder, String service, String endpoint) {
        builder.constant("up", service, labels("job", service), 15, 1);
        for (String status : List.of("200", "404", "500")) {
            double mean = status.equals("200") ? 80 : status.equals("404") ? 2 : 0.2;
            Map<String, String> labels =
                    Map.of(ENVIRONMENT, PRODUCTION, "method", "GET", "endpoint", endpoint, "status", status);
            builder.counter("http_requests_total", service, labels, 10, mean);
        }
        builder.duration("http_request_duration_seconds", service, labels("endpoint", endpoint), 5, 0.15, 0.4)
                .counter("container_restarts_total", service, labels("container", service), 30, 0.001);
    }

    private static void database(ScenarioBuilder builder) {
        Map<String, String> labels = labels("database", "airtable");
        builder.level("db_connections_active", POSTGRES, labels, 15, 31)
                .constant("db_connections_max", POSTGRES, labels, 30, 100)
                .duration("db_query_duration_seconds", POSTGRES, labels, 5, 0.012, 0.5)
                .counter("db_slow_queries_total", POSTGRES, labels, 15, 0.1)
                .counter("db_deadlocks_total", POSTGRES, labels, 30, 0.01)
                .level("db_size_bytes", POSTGRES, labels, 60, 4.1e10);
        for (String plan : List.of("free", "premium")) {
            Map<String, String> registration = Map.of(ENVIRONMENT, PRODUCTION, "source", "web", "plan_type", plan);
            builder.counter("user_registrations_total", AUTH, registration, 30, plan.equals("free") ? 3 : 0.6);
        }
    }

    private static void cache(ScenarioBuilder builder) {
        Map<String, String> labels = labels("cache", "records");
        builder.counter(
                        "cache_requests_total",
                        REDIS,
                        labels,
                        10,
                        184,
                        series -> series.with(Verdict.always(Outcome.HIT)))
                .counter(
                        "cache_requests_total",
                        REDIS,
                        labels,
                        10,
                        16,
                        series -> series.with(Verdict.always(Outcome.MISS)))
                .duration("cache_response_duration_seconds", REDIS, labels, 10, 0.0006, 0.4)
                .level("redis_memory_used_bytes", REDIS, labels, 60, 1.4e9)
                .level("redis_keys", REDIS, labels, 60, 91_000)
                .counter("redis_evicted_keys_total", REDIS, labels, 60, 4);
    }

    private static void host(ScenarioBuilder builder, String instance) {
        Map<String, String> labels = labels("instance", instance);
        Map<String, String> disk = Map.of(ENVIRONMENT, PRODUCTION, "instance", instance, "mountpoint", "/");
        builder.seconds("node_cpu_seconds_total", HOSTS, cpu(instance, "idle"), 15, 15 * 0.6)
                .seconds("node_cpu_seconds_total", HOSTS, cpu(instance, "user"), 15, 15 * 0.4)
                .level("node_memory_MemAvailable_bytes", HOSTS, labels, 15, MEMORY_BYTES * 0.45)
                .constant("node_memory_MemTotal_bytes", HOSTS, labels, 60, MEMORY_BYTES)
                .level("node_filesystem_avail_bytes", HOSTS, disk, 30, DISK_BYTES * 0.4)
                .constant("node_filesystem_size_bytes", HOSTS, disk, 60, DISK_BYTES)
                .level("node_load5", HOSTS, labels, 15, 2)
                .counter("node_network_receive_errs_total", HOSTS, labels, 30, 0.3)
                .counter("node_network_receive_bytes_total", HOSTS, labels, 30, 2.5e7);
    }

    private static Map<String, String> cpu(String instance, String mode) {
        return Map.of(ENVIRONMENT, PRODUCTION, "instance", instance, "cpu", "0", "mode", mode);
    }

    private static Map<String, String> labels(String name, String value) {
        return Map.of(ENVIRONMENT, PRODUCTION, name, value);
    }
}
