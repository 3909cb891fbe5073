package dev.weir.app.role;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.HttpSettings;
import dev.weir.serve.Health;
import dev.weir.serve.HealthCheck;
import dev.weir.serve.HealthChecks;
import dev.weir.serve.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The role {@code serve}: health of all roles of this process and its metrics over HTTP. */
final class ServeRole implements Role {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpSettings http;
    private final HealthChecks checks;
    private final PrometheusMeterRegistry metrics;
    private volatile @Nullable HttpServer server;

    /**
     * @param others the roles whose health is told, besides this one's
     * @param metrics what {@code /metrics} shows
     */
    ServeRole(HttpSettings http, List<Role> others, PrometheusMeterRegistry metrics, InstantSource clock) {
        this.http = http;
        this.metrics = metrics;
        List<HealthCheck> each = new ArrayList<>();
        each.add(new RoleCheck(this));
        others.forEach(role -> each.add(new RoleCheck(role)));
        this.checks = new HealthChecks(each, PATIENCE, clock);
    }

    private record RoleCheck(Role role) implements HealthCheck {
        @Override
        public String name() {
            return role.name();
        }

        @Override
        public Health check() {
            return role.failure().map(Health::unhealthy).orElseGet(role::health);
        }
    }

    @Override
    public String name() {
        return RoleName.SERVE.text();
    }

    @Override
    public void start() {
        try {
            server = HttpServer.start(new dev.weir.serve.HttpSettings(http.host(), http.port()), checks, metrics);
        } catch (BindException | UnknownHostException wrong) {
            throw new CommandFailedException("HTTP cannot listen: " + wrong.getMessage(), wrong);
        }
    }

    /** The port it listens on. */
    int port() {
        HttpServer running = server;
        if (running == null) {
            throw new IllegalStateException("role serve is not started");
        }
        return running.port();
    }

    @Override
    public Health health() {
        return server == null ? Health.unhealthy("not started") : Health.healthy();
    }

    @Override
    public void close() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
        checks.close();
    }
}
