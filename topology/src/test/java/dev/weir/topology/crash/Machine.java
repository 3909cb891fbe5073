package dev.weir.topology.crash;

import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.testing.flood.SchemaIds;
import dev.weir.testing.registry.EmbeddedRegistry;
import dev.weir.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What the stream runs on: a broker in a process of its own, a registry in this one, Weir's topics. One thread. */
final class Machine implements AutoCloseable {
    private static final List<String> BROKER_JVM =
            List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

    private final Path directory;
    private final int port;
    private final EmbeddedRegistry registry;
    private final SchemaIds schemaIds;
    private ChildProcess broker;

    private Machine(Path directory, int port, EmbeddedRegistry registry, ChildProcess broker) {
        this.directory = directory;
        this.port = port;
        this.registry = registry;
        this.broker = broker;
        this.schemaIds = new SchemaIds(
                register(registry.url(), MetricEvent.getClassSchema()),
                register(registry.url(), MetricBatch.getClassSchema()),
                register(registry.url(), HistogramEvent.getClassSchema()),
                register(registry.url(), Schema.create(Schema.Type.STRING)));
    }

    static Machine start(Path directory) {
        int port = freePort();
        EmbeddedRegistry registry = EmbeddedRegistry.start(0, null);
        return new Machine(
                directory, port, registry, startBroker(directory, port).awaitReady());
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    String registryUrl() {
        return registry.url();
    }

    SchemaIds schemaIds() {
        return schemaIds;
    }

    /** Creates the topics of one application and returns when they take records. */
    void createTopics(Topics topics, int partitions) throws InterruptedException {
        List<NewTopic> created = new ArrayList<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String name : List.of(
                topics.events(), topics.aggregates(), topics.alerts(), topics.alertStates(), topics.rejected())) {
            created.add(new NewTopic(name, partitions, (short) 1)
                    .configs(Map.of("message.timestamp.type", "LogAppendTime")));
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(created).all().get();
            while (!admin.listTopics().names().get().contains(topics.rejected())) {
                Thread.onSpinWait();
            }
            admin.listOffsets(ends).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of " + topics.prefix() + " were not created", e.getCause());
        }
    }

    /** Lets the broker stand still for a while. */
    void pauseBroker(Duration pause) throws InterruptedException {
        broker.freeze();
        try {
            Thread.sleep(pause.toMillis());
        } finally {
            broker.thaw();
        }
    }

    /** Stops the broker in good order and starts it again. */
    void restartBroker() throws InterruptedException {
        broker.endOrders();
        broker = startBroker(directory, port).awaitReady();
    }

    @Override
    public void close() {
        try {
            broker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }

    private static ChildProcess startBroker(Path directory, int port) {
        return ChildProcess.start(
                BROKER_JVM,
                BrokerMain.class,
                List.of(directory.resolve("kafka").toString(), Integer.toString(port)),
                directory.resolve("broker.log"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int register(String url, Schema schema) {
        String body = "{\"schema\":\"" + schema.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/subjects/" + schema.getFullName() + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            String answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher id = ID.matcher(answer);
            if (!id.find()) {
                throw new IllegalStateException("registry answers " + answer + " to " + schema.getFullName());
            }
            return Integer.parseInt(id.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while registering schemas", e);
        }
    }
}
