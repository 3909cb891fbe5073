package dev.weir.topology.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.kafka.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the hook relies on in Kafka Streams, on a real broker: a count that is held in memory leaves inside each commit. */
final class CommitHookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SOON_MS = 100;
    private static final long NEVER_MS = Duration.ofMinutes(5).toMillis();

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    private final AtomicInteger processed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private String name = "";

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        broker.createTopic(name + "-in", 1, Map.of());
        broker.createTopic(name + "-out", 1, Map.of());
    }

    @Test
    void whatIsHeldLeavesInTheTransactionOfItsOffsets() throws Exception {
        send(1_000);
        try (KafkaStreams streams = start(SOON_MS)) {
            await().atMost(PATIENCE).until(() -> sum(committed()) == 1_000);
            assertThat(committed()).as("one record a commit").hasSizeLessThan(20);
            send(500);
            await().atMost(PATIENCE).until(() -> sum(committed()) == 1_500);
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();
        }
        try (KafkaStreams again = start(SOON_MS)) {
            send(7);
            await().atMost(PATIENCE).until(() -> sum(committed()) == 1_507);
            assertThat(again.state().isRunningOrRebalancing()).isTrue();
        }
        assertThat(sum(committed())).isEqualTo(1_507);
    }

    @Test
    void closingInOrderEmitsWhatIsHeld() throws Exception {
        send(100);
        try (KafkaStreams streams = start(NEVER_MS)) {
            await().atMost(PATIENCE).until(() -> processed.get() == 100);
            assertThat(committed()).isEmpty();
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();
        }
        assertThat(committed()).containsExactly(100L);
    }

    @Test
    void failedActionAbortsTheCommitAndEverythingIsCountedAgain() throws Exception {
        failures.set(2);
        send(300);
        try (KafkaStreams streams = start(SOON_MS)) {
            await().atMost(PATIENCE).until(() -> sum(committed()) == 300);
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();
        }
        assertThat(failures.get()).isLessThanOrEqualTo(0);
        assertThat(sum(committed())).isEqualTo(300);
    }

    private final class Counter implements Processor<byte[], byte[], Long, Long> {
        private long held;

        @Override
        public void init(ProcessorContext<Long, Long> context) {
            held = 0;
            CommitHook hook = context.getStateStore("hook");
            hook.beforeCommit(context, () -> {
                if (held > 0) {
                    context.forward(new Record<>(0L, held, 1));
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("fails half-way, as the test wants");
                    }
                    held = 0;
                }
            });
        }

        @Override
        public void process(Record<byte[], byte[]> message) {
            held++;
            processed.incrementAndGet();
        }
    }

    private KafkaStreams start(long commitIntervalMs) {
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), name + "-in")
                .addProcessor("count", Counter::new, "in")
                .addStateStore(CommitHook.builder("hook"), "count")
                .addSink("out", name + "-out", new LongSerializer(), new LongSerializer(), "count");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        config.put(StreamsConfig.STATE_DIR_CONFIG, dir.resolve(name).toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalMs);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int) NEVER_MS);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
        KafkaStreams streams = new KafkaStreams(topology, config);
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
        return streams;
    }

    private void send(int records) throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 1; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(name + "-in", new byte[10]));
            }
            producer.send(new ProducerRecord<>(name + "-in", new byte[10])).get();
        }
    }

    private List<Long> committed() {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<Long, Long> consumer =
                new KafkaConsumer<>(config, new LongDeserializer(), new LongDeserializer())) {
            TopicPartition partition = new TopicPartition(name + "-out", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<Long> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<Long, Long> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
