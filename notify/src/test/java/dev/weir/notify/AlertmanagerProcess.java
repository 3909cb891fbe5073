package dev.weir.notify;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Alertmanager on loopback, to be killed. It keeps its log of notifications on disk, so that a kill loses little of it. */
final class AlertmanagerProcess implements AutoCloseable {
    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path directory;
    private final int port;
    private Process process;

    private AlertmanagerProcess(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = run();
    }

    /** Starts one that notifies a webhook at once, and of each group of the same {@code alertname} for itself. */
    static AlertmanagerProcess start(Path directory, String webhook) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("alertmanager.yml"), """
                route:
                  receiver: webhook
                  group_by: [alertname]
                  group_wait: 100ms
                  group_interval: 300ms
                  repeat_interval: 1h
                receivers:
                  - name: webhook
                    webhook_configs:
                      - url: %s
                        send_resolved: true
                """.formatted(webhook));
        AlertmanagerProcess started = new AlertmanagerProcess(directory, freePort());
        started.awaitReady();
        return started;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Waits until what it has notified of so far is on its disk, then kills it. */
    void kill() throws InterruptedException, IOException {
        Path log = directory.resolve("data/nflog");
        await().atMost(PATIENCE).until(() -> Files.exists(log) && Files.size(log) > 0);
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void restart() throws IOException {
        process = run();
        awaitReady();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process run() throws IOException {
        return new ProcessBuilder(List.of(
                        PROGRAM,
                        "--config.file=" + directory.resolve("alertmanager.yml"),
                        "--storage.path=" + directory.resolve("data"),
                        "--data.maintenance-interval=200ms",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=debug",
                        "--cluster.listen-address="))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "alertmanager-" + directory.getFileName() + ".log")
                                .toFile()))
                .start();
    }

    private void awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(url().resolve("/-/ready")).build();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> client.send(ready, BodyHandlers.discarding()).statusCode() == 200);
    }
}
