package dev.weir.serve;

import io.javalin.config.JavalinConfig;

/** {@code /}: a plain page that links to every other address. */
final class StartPage {
    private final String html;

    StartPage(BuildInfo build) {
        this.html = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>Weir</title>
                <h1>Weir %s</h1>
                <p>Metrics aggregation and alerting on Kafka Streams.</p>
                <ul>
                <li><a href="/livez">/livez</a>: this process answers</li>
                <li><a href="/readyz">/readyz</a>: every part works (200) or not (503)</li>
                <li><a href="/api/v1/health">/api/v1/health</a>: the health of each part</li>
                <li><a href="/metrics">/metrics</a>: Weir's own metrics, for Prometheus</li>
                <li><a href="/api/v1/status/buildinfo">/api/v1/status/buildinfo</a>: which build this is</li>
                </ul>
                </html>
                """.formatted(build.version());
    }

    void configure(JavalinConfig config) {
        config.routes.get("/", context -> context.html(html));
    }
}
