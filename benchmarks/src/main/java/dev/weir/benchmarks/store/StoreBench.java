package dev.weir.benchmarks.store;

import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.sink.Calendar;
import dev.weir.sink.PostgresSink;
import dev.weir.sink.RawMetric;
import dev.weir.sink.Retention;
import dev.weir.sink.SinkMigrations;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkStatus;
import dev.weir.sink.SinkTopic;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a durable PostgreSQL, and a sink that runs while it is measured. One thread. */
final class StoreBench implements AutoCloseable {
    private static final Map<String, Object> SERDE = Map.of(
            "schema.registry.url",
            "mock://store",
            "specific.avro.reader",
            true,
            "value.subject.name.strategy",
            "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    private static final int PARTITIONS = 4;
    private static final Duration LOOK = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration YEARS = Duration.ofDays(2_000);

    private final EmbeddedBroker broker;
    private final EmbeddedPostgresServer postgres;
    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    StoreBench(Path directory) {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), 0);
        serializer.configure(SERDE, false);
        for (SinkTopic topic : List.of(SinkTopic.AGGREGATES, SinkTopic.EVENTS)) {
            broker.createTopic(topic.name(), PARTITIONS, Map.of());
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        SinkMigrations.migrate(settings());
    }

    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    int postgresPort() {
        return postgres.port();
    }

    /** Puts records into a topic, where they wait for {@link #drain}. */
    void load(SinkTopic topic, List<? extends SpecificRecord> records) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (SpecificRecord record : records) {
            byte[] bytes = serializer.serialize(topic.name(), record);
            sent.add(producer.send(new ProducerRecord<>(topic.name(), sent.size() % PARTITIONS, null, bytes)));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /**
     * How fast a sink stores what waits, from its first transaction on.
     *
     * @param rows that are expected
     */
    Drained drain(long rows) throws InterruptedException {
        long loadedNanos = System.nanoTime();
        try (PostgresSink sink = new PostgresSink(
                settings(),
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                StoreBench::decoder,
                InstantSource.system())) {
            sink.start();
            long first = awaitRows(sink, 1);
            long firstNanos = System.nanoTime();
            awaitRows(sink, rows);
            long endNanos = System.nanoTime();
            return new Drained((rows - first) / ((endNanos - firstNanos) / 1e9), (endNanos - loadedNanos) / 1e9);
        }
    }

    /**
     * What a sink did.
     *
     * @param rowsPerSecond without its start
     * @param seconds with it
     */
    record Drained(double rowsPerSecond, double seconds) {}

    private static long awaitRows(PostgresSink sink, long rows) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (SinkStatus status = sink.status(); ; status = sink.status()) {
            if (status.rowsWritten() >= rows) {
                return status.rowsWritten();
            }
            if (System.nanoTime() > deadline
                    || status.state() == SinkStatus.State.FAILED
                    || status.recordsRejected() > 0) {
                throw new IllegalStateException("rows are " + status + ", must be " + rows);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private SinkSettings settings() {
        SinkSettings usual = SinkSettings.of(
                Map.of(SinkTopic.AGGREGATES, SinkTopic.AGGREGATES.name(), SinkTopic.EVENTS, SinkTopic.EVENTS.name()),
                "store",
                postgres.jdbcUrl(),
                postgres.user(),
                "");
        return new SinkSettings(
                usual.topics(),
                List.of(new RawMetric(StoreRecords.RAW_METRIC, 1)),
                usual.groupId(),
                usual.jdbcUrl(),
                usual.user(),
                usual.password(),
                usual.poolSize() + 1,
                usual.maxRowsPerBatch(),
                usual.retryDelay(),
                usual.retryDelayLimit(),
                new Retention(YEARS, YEARS, YEARS, YEARS),
                Calendar.UTC);
    }

    private static AvroDeserializer<SpecificRecord> decoder() {
        AvroDeserializer<SpecificRecord> decoder = new AvroDeserializer<>();
        decoder.configure(SERDE, false);
        return decoder;
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
        postgres.close();
        broker.close();
    }
}
