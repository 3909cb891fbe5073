package dev.weir.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Slack and PagerDuty on loopback: takes what is posted to {@code /slack} and {@code /pagerduty}. */
final class Notifications implements AutoCloseable {
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<JsonNode> slack = new CopyOnWriteArrayList<>();
    private final List<JsonNode> pagerDuty = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Notifications() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/slack", exchange -> take(exchange, slack, 200));
        server.createContext("/pagerduty", exchange -> take(exchange, pagerDuty, 202));
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The messages to a channel, oldest first. */
    List<JsonNode> slack(String channel) {
        return slack.stream()
                .filter(message -> message.get("channel").asText().equals(channel))
                .toList();
    }

    List<JsonNode> pagerDuty() {
        return List.copyOf(pagerDuty);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange, List<JsonNode> messages, int status) throws IOException {
        try (exchange) {
            messages.add(mapper.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
