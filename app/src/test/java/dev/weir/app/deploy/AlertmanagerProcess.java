package dev.weir.app.deploy;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Debian's Alertmanager on loopback, on its own, with a given configuration. */
final class AlertmanagerProcess implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final URI api;
    private final Process process;

    private AlertmanagerProcess(Path config, Path data, int port) throws IOException {
        this.api = URI.create("http://127.0.0.1:" + port + "/api/v2/");
        this.process = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + data,
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(
                        data.resolveSibling("alertmanager.log").toFile()))
                .start();
    }

    /** Starts one with this configuration and waits until it answers. */
    static AlertmanagerProcess start(Path config, Path data) throws IOException {
        AlertmanagerProcess started = new AlertmanagerProcess(config, data, freePort());
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> started.send(HttpRequest.newBuilder(started.api.resolve("status")))
                                .statusCode()
                        == 200);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Tells of an alert that has been firing since then. */
    void fire(Instant since, Map<String, String> labels, Map<String, String> annotations) throws Exception {
        String body = mapper.writeValueAsString(
                List.of(Map.of("startsAt", since.toString(), "labels", labels, "annotations", annotations)));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(api.resolve("alerts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new IOException("Alertmanager answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** All alerts, inhibited ones as well. */
    List<JsonNode> alerts() throws Exception {
        JsonNode alerts = mapper.readTree(
                send(HttpRequest.newBuilder(api.resolve("alerts"))).body());
        return StreamSupport.stream(alerts.spliterator(), false).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    }
}
