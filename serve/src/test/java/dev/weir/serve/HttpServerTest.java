package dev.weir.serve;

import static dev.weir.serve.ServedChecks.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpServerTest {
    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> start("127.0.0.1", port))
                    .isInstanceOf(BindException.class)
                    .hasMessage("address is 127.0.0.1:" + port
                            + ", must be one of this machine's with a free port (http.host, http.port)");
        }
    }

    @Test
    void unknownHostIsNamed() {
        assertThatThrownBy(() -> start("no-such-host.invalid", 0))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("host is no-such-host.invalid, must have an address (http.host)");
    }

    @Test
    void listensOnTheGivenHostOnly() throws Exception {
        try (ServedChecks served = new ServedChecks()) {
            assertThat(served.get("/livez").statusCode()).isEqualTo(200);

            // All of 127/8 is loopback: another address of this machine, without asking for its own.
            InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
            assertThatThrownBy(() -> new Socket(other, served.port()).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void closedServerListensNoLonger() throws Exception {
        ServedChecks served = new ServedChecks();
        int port = served.port();
        served.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void buildInfoHasPrometheusShape() throws Exception {
        try (ServedChecks served = new ServedChecks()) {
            JsonNode body = json(served.get("/api/v1/status/buildinfo"));

            assertThat(body.at("/status").asText()).isEqualTo("success");
            assertThat(body.get("data").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("version", "revision", "branch", "buildUser", "buildDate", "goVersion");
            assertThat(body.at("/data/version").asText()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
            assertThat(body.at("/data/buildDate").asText()).matches("\\d{4}-\\d{2}-\\d{2}T.*Z");
        }
    }

    @Test
    void startPageLinksToAddressesThatAnswer() throws Exception {
        try (ServedChecks served = new ServedChecks()) {
            HttpResponse<String> page = served.get("/");

            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
            List<String> links = page.body()
                    .lines()
                    .filter(line -> line.contains("href="))
                    .map(line -> line.replaceAll(".*href=\"([^\"]*)\".*", "$1"))
                    .toList();
            assertThat(links).hasSize(5);
            for (String link : links) {
                assertThat(served.get(link).statusCode()).as(link).isEqualTo(200);
            }
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new HttpSettings("localhost", 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port is 65536, must be 0 to 65535 (http.port)");
        assertThatThrownBy(() -> new HttpSettings(" ", 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host is \" \", must be a name or address (http.host)");
    }

    private static void start(String host, int port) throws Exception {
        try (HealthChecks checks = new HealthChecks(List.of(), Duration.ofSeconds(1), InstantSource.system());
                HttpServer server = HttpServer.start(
                        new HttpSettings(host, port), checks, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            throw new AssertionError("listens on " + host + ":" + server.port());
        }
    }
}
