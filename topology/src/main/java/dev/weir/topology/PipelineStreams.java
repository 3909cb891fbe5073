package dev.weir.topology;

import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.SchemaRegistry;
import dev.weir.topology.aggregate.AggregateSettings;
import dev.weir.topology.ingest.IngestSettings;
import dev.weir.topology.rule.RuleSettings;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.source.PackingClients;
import dev.weir.topology.time.InputPositions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The running stream of one process: {@link PipelineTopology} on Kafka Streams, exactly once.
 *
 * <p>Its topics must exist when it starts. A thread that fails is replaced and continues from the last commit; too many
 * failures in a minute end the stream, see {@link #failure()}. {@link #start} and {@link #close} belong to one thread, the
 * rest may be asked from any.
 */
public final class PipelineStreams implements AutoCloseable {
    private static final int TOPIC_TIMEOUT_S = 30;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final PipelineSettings settings;
    private final RuleBook rules;
    private final InstantSource wallClock;
    private final RunningStreams running;
    private final UnaryOperator<KafkaClientSupplier> clients;
    private final InputPositions positions = new InputPositions();

    public PipelineStreams(PipelineSettings settings, RuleBook rules, InstantSource wallClock) {
        this(settings, rules, wallClock, UnaryOperator.identity());
    }

    /**
     * A stream whose Kafka clients are looked at, or replaced, by its caller.
     *
     * @param clients what is done to the supplier of the stream's own clients
     */
    PipelineStreams(
            PipelineSettings settings,
            RuleBook rules,
            InstantSource wallClock,
            UnaryOperator<KafkaClientSupplier> clients) {
        this.clients = clients;
        this.settings = settings;
        this.rules = rules;
        this.wallClock = wallClock;
        this.running = new RunningStreams("stream", wallClock);
    }

    /** The graph for an events topic of so many partitions. */
    public TopologyDescription describe(int partitions) {
        return topology(partitions, Duration.ZERO).describe();
    }

    /**
     * Starts the stream and returns.
     *
     * @throws IllegalStateException if the events topic cannot be read
     */
    public void start() {
        PackingClients own = new PackingClients(settings.topics().events(), positions);
        Properties config = StreamsDefaults.with(settings.streams());
        config.putAll(own.configuration());
        running.start(new KafkaStreams(topology(partitions(), alertsKept()), config, clients.apply(own)));
    }

    /** The state of Kafka Streams; {@code CREATED} before the start. */
    public KafkaStreams.State state() {
        return running.state();
    }

    /** Why the stream has ended for good; empty while it has not. */
    public Optional<String> failure() {
        return running.failure();
    }

    /** Kafka Streams itself, for its metrics. Empty before the start. */
    public Optional<KafkaStreams> kafkaStreams() {
        return running.kafkaStreams();
    }

    @Override
    public void close() {
        // Who stays in the group without a name of its own keeps its partitions from others until its session ends.
        running.close(
                settings.staticMember()
                        ? GroupMembershipOperation.REMAIN_IN_GROUP
                        : GroupMembershipOperation.LEAVE_GROUP);
    }

    private Topology topology(int partitions, Duration alertsKept) {
        IngestSettings ingest = new IngestSettings(
                settings.topics().events(),
                partitions,
                settings.limits(),
                settings.series(),
                settings.metrics(),
                settings.time(),
                PipelineSettings.PANE,
                () -> rules.current().map(RuleSet::read),
                positions,
                wallClock,
                SchemaRegistry.of(settings.registry()),
                this::eventDeserializer);
        AggregateSettings aggregate = new AggregateSettings(
                settings.topics().events(),
                partitions,
                settings.time(),
                PipelineSettings.PANE,
                rules,
                settings.metrics());
        RuleSettings rule = new RuleSettings(
                rules, partitions, PipelineSettings.PANE, settings.time(), alertsKept, settings.evaluator());
        return new PipelineTopology(settings.topics(), settings.registry()).build(ingest, aggregate, rule);
    }

    private Deserializer<Object> eventDeserializer() {
        Map<String, Object> config = new HashMap<>(settings.registry());
        config.put("specific.avro.reader", true);
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(config, false);
        return deserializer;
    }

    private int partitions() {
        String topic = settings.topics().events();
        Map<String, TopicDescription> found =
                ask(topic, admin -> admin.describeTopics(List.of(topic)).allTopicNames());
        return found.values().iterator().next().partitions().size();
    }

    /** For how long the alerts topic keeps records; for ever is a century. */
    private Duration alertsKept() {
        String topic = settings.topics().alerts();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> found =
                ask(topic, admin -> admin.describeConfigs(List.of(resource)).all());
        ConfigEntry retention = found.values().iterator().next().get(TopicConfig.RETENTION_MS_CONFIG);
        long keptMs = retention == null || retention.value() == null ? -1 : Long.parseLong(retention.value());
        return keptMs < 0 ? FOR_EVER : Duration.ofMillis(Math.min(keptMs, FOR_EVER.toMillis()));
    }

    private <T> T ask(String topic, Function<Admin, KafkaFuture<T>> question) {
        try (Admin admin = Admin.create(new HashMap<>(settings.streams()))) {
            return question.apply(admin).get(TOPIC_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "topic " + topic + " cannot be read, must exist on "
                            + settings.streams().get("bootstrap.servers") + ": " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for topic " + topic, e);
        }
    }
}
