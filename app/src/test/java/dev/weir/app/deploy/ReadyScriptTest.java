package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serve.Health;
import dev.weir.serve.HealthCheck;
import dev.weir.serve.HealthChecks;
import dev.weir.serve.HttpServer;
import dev.weir.serve.HttpSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The image's health check against a real server. */
final class ReadyScriptTest {
    private record Part(String name, Health health) implements HealthCheck {
        @Override
        public Health check() {
            return health;
        }
    }

    @Test
    void readyServerExitsWithZero() throws Exception {
        assertThat(exitStatusFor(Health.healthy())).isZero();
    }

    @Test
    void serverWithAnUnhealthyPartDoesNot() throws Exception {
        assertThat(exitStatusFor(Health.unhealthy("no broker"))).isNotZero();
    }

    @Test
    void noServerDoesNotEither() throws Exception {
        int port;
        try (HealthChecks checks = checks(Health.healthy());
                HttpServer server = server(checks)) {
            port = server.port();
        }
        assertThat(run(port)).isNotZero();
    }

    @Test
    void scriptIsExecutable() {
        assertThat(Files.isExecutable(Checkout.path("deploy/ready.sh"))).isTrue();
    }

    private static int exitStatusFor(Health health) throws Exception {
        try (HealthChecks checks = checks(health);
                HttpServer server = server(checks)) {
            return run(server.port());
        }
    }

    private static HealthChecks checks(Health health) {
        return new HealthChecks(List.of(new Part("part", health)), Duration.ofSeconds(10), InstantSource.system());
    }

    private static HttpServer server(HealthChecks checks) throws IOException {
        return HttpServer.start(
                new HttpSettings("127.0.0.1", 0), checks, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private static int run(int port) throws Exception {
        Process script = new ProcessBuilder(Checkout.path("deploy/ready.sh").toString(), Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return script.exitValue();
    }
}
