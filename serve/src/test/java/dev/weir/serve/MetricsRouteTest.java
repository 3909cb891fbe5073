package dev.weir.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class MetricsRouteTest {
    @Test
    void metersOfTheRegistryAndTheProcessAreScraped() throws Exception {
        try (ServedChecks served = new ServedChecks()) {
            served.registry.counter("weir.events", "topic", "weir.events").increment(3);

            HttpResponse<String> response = served.get("/metrics");

            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body())
                    .contains("weir_events_total{topic=\"weir.events\"} 3.0\n")
                    .contains("jvm_memory_used_bytes{")
                    .contains("jvm_threads_live_threads ")
                    .contains("process_uptime_seconds ")
                    .contains("process_cpu_usage ")
                    .contains("process_files_open_files ");
        }
    }

    @Test
    void scraperThatAsksForOpenMetricsGetsIt() throws Exception {
        try (ServedChecks served = new ServedChecks()) {
            HttpResponse<String> response = served.get(
                    "/metrics", "Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3");

            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(response.body()).endsWith("# EOF\n");
        }
    }
}
