package dev.weir.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/**
 * An HTTP server that notes what is posted to it: Alertmanagers' webhook, or in an Alertmanager's place one that answers as
 * a test wants.
 */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final ToIntFunction<Integer> answer;

    private record Post(String path, JsonNode body) {}

    private Receiver(ToIntFunction<Integer> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** One that takes everything. */
    static Receiver start() throws IOException {
        return new Receiver(number -> 200);
    }

    /** @param answer the status for the first, second, … request; it may take its time */
    static Receiver answering(ToIntFunction<Integer> answer) throws IOException {
        return new Receiver(answer);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What Alertmanager has notified of under a path, in order: {@code firing A} for a group of that name. */
    List<String> notifications(String path) {
        return posts.stream()
                .filter(post -> post.path().equals(path))
                .map(post -> post.body().get("status").asText() + " "
                        + post.body().at("/groupLabels/alertname").asText())
                .toList();
    }

    /** Names of the alerts in every request of a notifier, in order. */
    List<List<String>> batches() {
        return posts.stream()
                .map(post -> {
                    List<String> names = new ArrayList<>();
                    post.body()
                            .forEach(alert ->
                                    names.add(alert.at("/labels/alertname").asText()));
                    return names;
                })
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            int number;
            synchronized (posts) {
                posts.add(new Post(exchange.getRequestURI().getPath(), body));
                number = posts.size();
            }
            exchange.sendResponseHeaders(answer.applyAsInt(number), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
