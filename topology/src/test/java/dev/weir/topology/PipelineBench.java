package dev.weir.topology;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerts.AlertTransition;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** A stream on a real broker with topics of its own, and hands to feed it and to read what comes out. One thread. */
final class PipelineBench implements AutoCloseable {
    static final int PARTITIONS = 3;

    /** Falls silent soon, so that windows close while a test waits. */
    static final TimeSettings SHORT_IDLE =
            new TimeSettings(Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofSeconds(2));

    /** Moved by events alone while a test runs. */
    static final TimeSettings NEVER_IDLE =
            new TimeSettings(Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofHours(1));

    private static final Map<String, Object> SHORT_SESSION =
            Map.of("main.consumer.session.timeout.ms", 6_000, "main.consumer.heartbeat.interval.ms", 500);

    private static final Duration POLL = Duration.ofMillis(100);

    private static final RuleBook NO_RULES = new RuleBook(RuleSet.none(PipelineSettings.PANE));

    private final EmbeddedBroker broker;
    private final Topics topics;
    private final Path stateDir;
    private final Map<String, Object> registry;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    PipelineBench(EmbeddedBroker broker, String prefix, Path stateDir) {
        this(broker, prefix, stateDir, "mock://" + prefix);
    }

    PipelineBench(EmbeddedBroker broker, String prefix, Path stateDir, String registryUrl) {
        this.broker = broker;
        this.topics = new Topics(prefix);
        this.stateDir = stateDir;
        this.registry = registry(registryUrl);
        serializer.configure(registry, false);
        for (String topic : List.of(
                topics.events(), topics.aggregates(), topics.alerts(), topics.alertStates(), topics.rejected())) {
            broker.createTopic(topic, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Starts the stream with the rules of one file, or none. */
    PipelineStreams start(TimeSettings time, String rules) {
        return start(time, rules, EventLimits.DEFAULTS, "first", registry);
    }

    /** Starts an instance with the rules of a book, on a state directory of its own. */
    PipelineStreams start(TimeSettings time, RuleBook rules, String instance) {
        return start(
                time, rules, EventLimits.DEFAULTS, MetricCatalog.DEFAULTS, registry, config(instance, SHORT_SESSION));
    }

    PipelineStreams start(TimeSettings time, EventLimits limits) {
        return start(time, "", limits, "first", registry);
    }

    PipelineStreams start(TimeSettings time, MetricCatalog metrics) {
        return start(time, NO_RULES, EventLimits.DEFAULTS, metrics, registry, config("first", SHORT_SESSION));
    }

    /** Starts an instance with settings of Kafka Streams, on a state directory of its own. */
    PipelineStreams start(TimeSettings time, String instance, Map<String, Object> kafka) {
        return start(time, NO_RULES, EventLimits.DEFAULTS, MetricCatalog.DEFAULTS, registry, config(instance, kafka));
    }

    /** Starts one more instance of the same application, as on another machine. */
    PipelineStreams startSecond(TimeSettings time) {
        return start(time, "", EventLimits.DEFAULTS, "second", registry);
    }

    /** Starts the stream with another address of the same registry: nothing of it is cached in this process. */
    PipelineStreams startWithRegistry(TimeSettings time, String url) {
        return start(time, "", EventLimits.DEFAULTS, "first", registry(url));
    }

    private PipelineStreams start(
            TimeSettings time, String rules, EventLimits limits, String instance, Map<String, Object> serde) {
        return start(
                time,
                new RuleBook(rules(rules)),
                limits,
                MetricCatalog.DEFAULTS,
                serde,
                config(instance, SHORT_SESSION));
    }

    private PipelineStreams start(
            TimeSettings time,
            RuleBook rules,
            EventLimits limits,
            MetricCatalog metrics,
            Map<String, Object> serde,
            Map<String, Object> kafka) {
        PipelineSettings settings = new PipelineSettings(
                topics, time, limits, SeriesLimits.DEFAULTS, metrics, EvaluatorSettings.DEFAULTS, serde, kafka);
        PipelineStreams streams = new PipelineStreams(settings, rules, InstantSource.system());
        streams.start();
        return streams;
    }

    /** The rules of one file, or none. */
    static RuleSet rules(String yaml) {
        Map<String, String> files = yaml.isEmpty() ? Map.of() : Map.of("test.yml", yaml);
        return RuleSet.parse(files, Duration.ofSeconds(10), PipelineSettings.PANE);
    }

    private Map<String, Object> config(String instance, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "application.id", topics.prefix(),
                "state.dir", stateDir.resolve(instance).toString(),
                "commit.interval.ms", 200,
                "replication.factor", 1));
        config.putAll(more);
        return config;
    }

    /** Sends an Avro record to one partition. */
    void send(int partition, SpecificRecord event) {
        sent.add(producer.send(new ProducerRecord<>(topics.events(), partition, null, encode(event))));
    }

    /** Sends bytes as they are to one partition and says where they went. */
    RecordMetadata sendBytes(int partition, byte @Nullable [] value) throws Exception {
        return producer.send(new ProducerRecord<>(topics.events(), partition, null, value))
                .get();
    }

    /** Waits until the broker has everything. */
    void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        sent.clear();
    }

    byte[] encode(SpecificRecord event) {
        return Objects.requireNonNull(serializer.serialize(topics.events(), event));
    }

    List<WindowAggregate> aggregates() {
        return read(topics.aggregates());
    }

    List<AlertTransition> alerts() {
        return read(topics.alerts());
    }

    List<AlertTransition> alertStates() {
        return read(topics.alertStates());
    }

    List<RejectedEvent> rejected() {
        return read(topics.rejected());
    }

    /** All committed records of a topic, each partition in its order. */
    private <T extends SpecificRecord> List<T> read(String topic) {
        Map<String, Object> serde = new HashMap<>(registry);
        serde.put("specific.avro.reader", true);
        AvroDeserializer<T> values = new AvroDeserializer<>();
        values.configure(serde, false);
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(config, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<T> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(next -> records.add(next.value()));
            }
            return records;
        }
    }

    private static Map<String, Object> registry(String url) {
        return Map.of(
                "schema.registry.url",
                url,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    }

    @Override
    public void close() {
        producer.close();
    }
}
