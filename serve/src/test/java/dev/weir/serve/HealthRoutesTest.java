package dev.weir.serve;

import static dev.weir.serve.ServedChecks.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class HealthRoutesTest {
    @Test
    void healthSaysStatusTimeAndDetailsOfEachPart() throws Exception {
        GivenCheck kafka = new GivenCheck(
                "kafka", () -> Health.degraded("one broker of three is away").with("brokers", 2));
        try (ServedChecks served = new ServedChecks(GivenCheck.healthy("postgres"), kafka)) {
            HttpResponse<String> response = served.get("/api/v1/health");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode body = json(response);
            assertThat(body.at("/status").asText()).isEqualTo("success");
            assertThat(body.at("/data/status").asText()).isEqualTo("degraded");
            assertThat(body.at("/data/parts/0/name").asText()).isEqualTo("postgres");
            assertThat(body.at("/data/parts/0/status").asText()).isEqualTo("healthy");
            JsonNode second = body.at("/data/parts/1");
            assertThat(second.at("/name").asText()).isEqualTo("kafka");
            assertThat(second.at("/status").asText()).isEqualTo("degraded");
            assertThat(second.at("/message").asText()).isEqualTo("one broker of three is away");
            assertThat(second.at("/details/brokers").asText()).isEqualTo("2");
            assertThat(second.at("/lastCheck").asText()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(second.at("/responseTimeMs").asDouble()).isPositive().isLessThan(10_000);
        }
    }

    @Test
    void failingPartHidesNoOther() throws Exception {
        GivenCheck broken = new GivenCheck("broken", () -> {
            throw new IllegalStateException("connection refused");
        });
        GivenCheck brokenClass = new GivenCheck("class", () -> {
            throw new NoClassDefFoundError("x/Y");
        });
        try (ServedChecks served = new ServedChecks(broken, brokenClass, GivenCheck.healthy("last"))) {
            JsonNode data = json(served.get("/api/v1/health")).get("data");

            assertThat(data.at("/status").asText()).isEqualTo("unhealthy");
            assertThat(data.at("/parts/0/message").asText()).isEqualTo("IllegalStateException: connection refused");
            assertThat(data.at("/parts/1/message").asText()).isEqualTo("NoClassDefFoundError: x/Y");
            assertThat(data.at("/parts/2/status").asText()).isEqualTo("healthy");
        }
    }

    @Test
    void hangingPartIsUnhealthyAndHidesNoOther() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        GivenCheck hanging = new GivenCheck("hanging", () -> {
            never.await();
            return Health.healthy();
        });
        try (ServedChecks served = new ServedChecks(hanging, GivenCheck.healthy("other"))) {
            HttpResponse<String> response = served.get("/readyz");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).at("/parts/0/status").asText()).isEqualTo("unhealthy");
            assertThat(json(response).at("/parts/0/message").asText())
                    .isEqualTo("no answer, asked at 2026-01-02T03:04:05Z");
            assertThat(json(response).at("/parts/0/responseTimeMs").asDouble()).isBetween(500.0, 10_000.0);
            assertThat(json(response).at("/parts/1/status").asText()).isEqualTo("healthy");
            assertThat(served.get("/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void readyWhileNoPartIsUnhealthy() throws Exception {
        GivenCheck slow = new GivenCheck("slow", () -> Health.degraded("lag is 12000 records"));
        GivenCheck dead = new GivenCheck("dead", () -> Health.unhealthy("stream thread died"));
        try (ServedChecks none = new ServedChecks();
                ServedChecks degraded = new ServedChecks(slow);
                ServedChecks unhealthy = new ServedChecks(slow, dead)) {
            assertThat(none.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(degraded.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(json(degraded.get("/readyz")).at("/status").asText()).isEqualTo("degraded");
            assertThat(unhealthy.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(unhealthy.get("/api/v1/health").statusCode()).isEqualTo(200);
        }
    }
}
