package dev.weir.testing.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker and KRaft controller in this process, on 127.0.0.1 only.
 *
 * <p>Cluster id, topics and records live in the data directory and are there again after a restart. Topics are never
 * created by themselves: call {@link #createTopic}. Start takes about four seconds on a fresh directory.
 *
 * <p>Safe for use from any thread. Close is bounded: a broker that has not stopped after {@link #CLOSE_TIMEOUT} is
 * left to its daemon threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
    // Formatter, KafkaConfig and KafkaRaftServer are not public API of Kafka: they are named in this class only.

    /** How long {@link #close} waits at most. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;
    private static final int INTERNAL_PARTITIONS = 4;

    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** As {@link #start(Path, int, Map)}, with nothing set. */
    public static EmbeddedBroker start(Path dataDir, int port) {
        return start(dataDir, port, Map.of());
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param dataDir made when missing; formatted on first use, kept afterwards
     * @param port the port for clients, 0 for any free one
     * @param settings of the broker, which override those of this class
     * @throws IllegalStateException when the port is taken
     * @throws UncheckedIOException when the data directory cannot be written
     */
    public static EmbeddedBroker start(Path dataDir, int port, Map<String, String> settings) {
        Ports ports = Ports.choose(port);
        formatOnce(dataDir);
        Map<String, String> config = new HashMap<>(config(dataDir, ports));
        config.putAll(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IllegalStateException(
                    "broker did not start on " + HOST + ":" + ports.client() + " with data in " + dataDir, e);
        }
        return new EmbeddedBroker(server, ports.client());
    }

    /** The address for {@code bootstrap.servers}: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** The port for clients. */
    public int port() {
        return port;
    }

    /**
     * Creates a topic and returns when it takes records; one that exists already is left as it is.
     *
     * @param configs topic settings, such as {@code cleanup.policy}
     * @throws IllegalStateException when the broker refuses
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
            awaitLeaders(admin, name, partitions);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + name + " was not created", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        }
    }

    /** A producer that is quicker than the election of leaders may stall for good: see that all partitions take records. */
    private static void awaitLeaders(Admin admin, String name, int partitions)
            throws ExecutionException, InterruptedException {
        while (!admin.listTopics().names().get().contains(name)) {
            Thread.onSpinWait();
        }
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
        // Only a leader answers; the client asks again until then.
        admin.listOffsets(ends).all().get();
    }

    /** Stops the broker; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Thread stopper = new Thread(server::shutdown, "embedded-broker-shutdown");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            LOG.warn("Broker on {} has not stopped after {}", bootstrapServers(), CLOSE_TIMEOUT);
        }
    }

    private static void formatOnce(Path dataDir) {
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8)) {
            Files.createDirectories(dataDir);
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(dataDir.toString()))
                    .setMetadataLogDirectory(dataDir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    // Left by a process that was killed between the files of a first format.
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + dataDir + " cannot be written", e);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "data directory " + dataDir + " was not formatted: " + report.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static Map<String, String> config(Path dataDir, Ports ports) {
        String client = "CLIENT://" + HOST + ":" + ports.client();
        String controller = "CONTROLLER://" + HOST + ":" + ports.controller();
        String internalPartitions = Integer.toString(INTERNAL_PARTITIONS);
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller()),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", client + "," + controller),
                Map.entry("advertised.listeners", client),
                Map.entry("inter.broker.listener.name", "CLIENT"),
                Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", dataDir.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("offsets.topic.num.partitions", internalPartitions),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", internalPartitions),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", internalPartitions),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // The default takes 128 MB of heap for compaction.
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"));
    }

    private record Ports(int client, int controller) {
        /** Both sockets are open at once, so that the two differ; they are free again for the broker on return. */
        static Ports choose(int wanted) {
            try (ServerSocket client = bind(wanted);
                    ServerSocket controller = bind(0)) {
                return new Ports(client.getLocalPort(), controller.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException("no free port on " + HOST, e);
            }
        }

        private static ServerSocket bind(int port) throws IOException {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw new IllegalStateException(
                        "port is " + port + ", must be free on " + HOST + " (embedded Kafka broker)", e);
            }
        }
    }
}
