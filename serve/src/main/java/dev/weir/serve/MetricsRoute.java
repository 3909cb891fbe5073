package dev.weir.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code /metrics}: every meter of the registry, as OpenMetrics for those who ask for it, else in Prometheus' text format. */
final class MetricsRoute {
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
    private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsRoute(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void configure(JavalinConfig config) {
        config.routes.get("/metrics", this::scrape);
    }

    private void scrape(Context context) {
        String accept = context.header("Accept");
        String contentType = accept != null && accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : PROMETHEUS_TEXT;
        context.contentType(contentType).result(registry.scrape(contentType));
    }
}
