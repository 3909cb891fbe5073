package dev.weir.app.role;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.HttpSettings;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The role {@code serve}: {@code /livez}, {@code /readyz}, {@code /api/v1/health} and {@code /metrics} over HTTP.
 *
 * <p>{@code /livez} fails only if a role is beyond repair, so that an orchestrator restarts the process; {@code /readyz} fails while
 * any role waits for something.
 */
final class ServeRole implements Role {
    private static final int UNAVAILABLE = 503;

    private final HttpSettings http;
    private final Supplier<Map<String, Health>> roles;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private volatile @Nullable Javalin server;

    ServeRole(HttpSettings http, Supplier<Map<String, Health>> roles) {
        this.http = http;
        this.roles = roles;
    }

    @Override
    public String name() {
        return RoleName.SERVE.text();
    }

    @Override
    public void start() {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        garbageCollection.bindTo(metrics);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/livez", context -> answer(context, live()));
            config.routes.get("/readyz", context -> answer(context, ready()));
            config.routes.get("/api/v1/health", this::health);
            config.routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4")
                    .result(metrics.scrape()));
        });
        try {
            server = javalin.start(http.host(), http.port());
        } catch (RuntimeException failure) {
            throw new CommandFailedException(
                    "HTTP cannot listen on " + http.host() + ":" + http.port() + ": " + failure.getMessage()
                            + " (http.host, http.port)",
                    failure);
        }
    }

    /** The port it listens on. */
    int port() {
        Javalin running = server;
        if (running == null) {
            throw new IllegalStateException("role serve is not started");
        }
        return running.port();
    }

    @Override
    public Health health() {
        return server == null ? new Health(Health.Status.STARTING, "") : Health.up();
    }

    @Override
    public void close() {
        Javalin running = server;
        if (running != null) {
            running.stop();
        }
        garbageCollection.close();
        metrics.close();
    }

    private boolean live() {
        return roles.get().values().stream().noneMatch(Health::isFailed);
    }

    private boolean ready() {
        return roles.get().values().stream().allMatch(Health::isReady);
    }

    private static void answer(Context context, boolean good) {
        context.status(good ? 200 : UNAVAILABLE).result(good ? "ok\n" : "unavailable\n");
    }

    private void health(Context context) {
        Map<String, Object> parts = new LinkedHashMap<>();
        roles.get()
                .forEach((name, health) -> parts.put(
                        name, Map.of("status", health.status().name(), "detail", health.detail())));
        context.status(live() ? 200 : UNAVAILABLE).json(Map.of("ready", ready(), "live", live(), "roles", parts));
    }
}
