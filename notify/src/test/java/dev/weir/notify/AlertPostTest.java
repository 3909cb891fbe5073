package dev.weir.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertPostTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private record Request(String line, String body, String contentType, String authorization) {}

    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(10);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean stalls;
    private HttpServer server;
    private URI base;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
            byte[] answer = "because".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            try {
                if (stalls) {
                    release.await();
                }
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/");
    }

    @AfterEach
    void stopServer() {
        release.countDown();
        server.stop(0);
    }

    @Test
    void firingAlertIsPostedAsPrometheusDoes() throws Exception {
        NotifySettings settings = settings("http://weir/graph?g0.expr={expression}");
        post(new Credentials.None())
                .send(List.of(PostedAlert.of(Transitions.firing("A", NOON), NOON.plusSeconds(30), settings)));
        Request request = requests.take();
        assertThat(request.line()).isEqualTo("POST /prefix/api/v2/alerts");
        assertThat(request.contentType()).isEqualTo("application/json");
        assertThat(request.body())
                .isEqualTo("[{\"labels\":{\"alertname\":\"A\",\"cluster\":\"west\",\"service\":\"api\"},"
                        + "\"annotations\":{\"summary\":\"A is high\"},"
                        + "\"startsAt\":\"2026-11-22T12:00:00Z\",\"endsAt\":\"2026-11-22T12:04:30Z\","
                        + "\"generatorURL\":\"http://weir/graph?g0.expr=rate%28errors_total%5B5m%5D%29+%3E+0.5\"}]");
    }

    @Test
    void resolvedAlertEndsWhenItEndedAndHasNoGeneratorWithoutOne() throws Exception {
        post(new Credentials.None())
                .send(List.of(PostedAlert.of(
                        Transitions.resolved("A", NOON, NOON.plusSeconds(60)), NOON.plusSeconds(90), settings(""))));
        assertThat(requests.take().body())
                .contains("\"endsAt\":\"2026-11-22T12:01:00Z\"}]")
                .doesNotContain("generatorURL");
    }

    @Test
    void credentialsAreSentAndNeverPrinted() throws Exception {
        Credentials basic = new Credentials.Basic("weir", "gehéim");
        post(basic).send(List.of());
        assertThat(requests.take().authorization()).isEqualTo("Basic d2VpcjpnZWjDqWlt");
        Credentials bearer = new Credentials.Bearer("gehéim");
        post(new Credentials.Bearer("t0ken")).send(List.of());
        assertThat(requests.take().authorization()).isEqualTo("Bearer t0ken");
        assertThat(basic + " " + bearer).doesNotContain("gehéim");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 500, 503})
    void anythingButSuccessIsAFailureWithTheReason(int answer) {
        status = answer;
        assertThatThrownBy(() -> post(new Credentials.None()).send(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("status " + answer + ", must be 2xx: because");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void answerThatBeginsAndNeverEndsIsATimeout(int answer) {
        status = answer;
        stalls = true;
        assertThatThrownBy(() -> post(new Credentials.None()).send(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer within PT0.3S");
    }

    @Test
    void nobodyThereIsAFailure() {
        server.stop(0);
        assertThatThrownBy(() -> post(new Credentials.None()).send(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ConnectException");
    }

    private AlertPost post(Credentials credentials) {
        Duration timeout = stalls ? Duration.ofMillis(300) : Duration.ofSeconds(20);
        return new AlertPost(HttpClients.trusting(Optional.empty(), timeout), base, credentials, timeout);
    }

    private NotifySettings settings(String generatorUrl) {
        TreeMap<String, String> external = new TreeMap<>();
        external.put("cluster", "west");
        external.put("service", "does not win");
        return new NotifySettings(
                "state",
                "aggregates",
                List.of(base),
                new Credentials.None(),
                Optional.empty(),
                NotifySettings.RESEND,
                NotifySettings.TIMEOUT,
                NotifySettings.QUEUE_CAPACITY,
                NotifySettings.MAX_DELAY,
                external,
                generatorUrl);
    }
}
