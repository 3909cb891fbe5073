package dev.weir.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.SortedMap;

/**
 * {@code /livez}, {@code /readyz} and {@code /api/v1/health}.
 *
 * <p>Live means that this process answers: restarting it for the fault of another would cure nothing. Ready means
 * that no part is unhealthy. The health API answers 200 whatever it reports, as the question was answered.
 */
final class HealthRoutes {
    private static final double NANOS_PER_MILLI = 1e6;

    private record PartView(
            String name,
            String status,
            String message,
            double responseTimeMs,
            String lastCheck,
            SortedMap<String, String> details) {
        static PartView of(PartHealth part) {
            return new PartView(
                    part.name(),
                    part.health().status().word(),
                    part.health().message(),
                    part.responseTime().toNanos() / NANOS_PER_MILLI,
                    part.lastCheck().toString(),
                    part.health().details());
        }
    }

    private record ReportView(String status, List<PartView> parts) {
        static ReportView of(HealthReport report) {
            return new ReportView(
                    report.status().word(),
                    report.parts().stream().map(PartView::of).toList());
        }
    }

    private final HealthChecks checks;

    HealthRoutes(HealthChecks checks) {
        this.checks = checks;
    }

    void configure(JavalinConfig config) {
        config.routes.get("/livez", HealthRoutes::live);
        config.routes.get("/readyz", this::ready);
        config.routes.get("/api/v1/health", this::health);
    }

    private static void live(Context context) {
        JsonBody.send(context, new ReportView(HealthStatus.HEALTHY.word(), List.of()));
    }

    private void ready(Context context) throws InterruptedException {
        HealthReport report = checks.report();
        context.status(report.status() == HealthStatus.UNHEALTHY ? 503 : 200);
        JsonBody.send(context, ReportView.of(report));
    }

    private void health(Context context) throws InterruptedException {
        JsonBody.send(context, ApiSuccess.of(ReportView.of(checks.report())));
    }
}
