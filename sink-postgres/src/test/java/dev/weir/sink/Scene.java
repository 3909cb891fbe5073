package dev.weir.sink;

import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One test's own topic, group and metric names on the shared servers, with what is needed to feed, run and look. */
final class Scene implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final String topic;
    final Jdbi jdbi;
    private final Servers servers;
    private final Producer<byte[], byte[]> producer;

    Scene(Servers servers, String name, int partitions) {
        this.servers = servers;
        topic = "aggregates." + name;
        servers.broker().createTopic(topic, partitions, Map.of());
        jdbi = Jdbi.create(servers.jdbcUrl());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.broker().bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    SinkSettings settings() {
        return new SinkSettings(
                Map.of(SinkTopic.AGGREGATES, topic),
                List.of(),
                topic,
                servers.jdbcUrl(),
                "postgres",
                "",
                2,
                500,
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                Aggregates.YEARS,
                Calendar.UTC);
    }

    PostgresSink startSink() {
        return startSink(Aggregates.decoder());
    }

    PostgresSink startSink(Deserializer<WindowAggregate> deserializer) {
        Map<String, Object> consumer = new HashMap<>();
        consumer.put("bootstrap.servers", servers.broker().bootstrapServers());
        PostgresSink sink = new PostgresSink(settings(), consumer, () -> deserializer, Aggregates.CLOCK);
        sink.start();
        return sink;
    }

    void send(WindowAggregate... aggregates) {
        List<Future<RecordMetadata>> sent = Arrays.stream(aggregates)
                .map(aggregate -> producer.send(record(Aggregates.encode(aggregate))))
                .toList();
        sent.forEach(Scene::get);
    }

    /** In a transaction that is aborted: no committed reader may see it. */
    void sendAborted(WindowAggregate aggregate) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", servers.broker().bootstrapServers(), "transactional.id", topic);
        try (Producer<byte[], byte[]> aborting =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            aborting.initTransactions();
            aborting.beginTransaction();
            get(aborting.send(record(Aggregates.encode(aggregate))));
            aborting.abortTransaction();
        }
    }

    void sendBytes(byte @Nullable [] value) {
        get(producer.send(record(value)));
    }

    /** Until the sink has stored this many records of the topic. */
    void awaitStored(PostgresSink sink, long records) {
        await("records stored")
                .atMost(LIMIT)
                .ignoreExceptions()
                .failFast("sink has failed", () -> sink.status().state() == SinkStatus.State.FAILED)
                .until(() -> storedRecords() == records);
    }

    long storedRecords() {
        return number("SELECT coalesce(sum(next_offset), 0) FROM weir.sink_offsets WHERE topic = '" + topic + "'");
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    String text(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    /** Every row of a metric, as one text, to compare before and after. */
    String rows(String metric) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM monitoring.aggregated_metrics t"
                                + " WHERE metric_name = :metric")
                .bind("metric", metric)
                .mapTo(String.class)
                .one());
    }

    /** Whether days or weeks hold anything else than all hours together. */
    boolean wholesDiffer(String metric) {
        return number("SELECT count(DISTINCT (counted, revised)) FROM (SELECT period, sum(count_value) AS counted,"
                        + " sum(revision + 1) AS revised FROM monitoring.aggregated_metrics WHERE metric_name = '"
                        + metric + "' GROUP BY period) p")
                != 1;
    }

    long count(String metric) {
        return number("SELECT count(*) FROM monitoring.aggregated_metrics WHERE period = 'hourly' AND metric_name = '"
                + metric + "'");
    }

    List<String> rejectReasons() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT reason FROM weir.sink_rejects WHERE topic = :topic ORDER BY partition, record_offset")
                .bind("topic", topic)
                .mapTo(String.class)
                .list());
    }

    void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    TopicPartition partition(int partition) {
        return new TopicPartition(topic, partition);
    }

    /** A new owner of the partition, as another sink would be. */
    OffsetLedger.Claim claimElsewhere(int partition) {
        OffsetLedger ledger = new OffsetLedger(topic, InstantSource.fixed(Instant.EPOCH));
        return jdbi.inTransaction(handle -> ledger.claim(handle, partition(partition)));
    }

    private ProducerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ProducerRecord<>(topic, value);
    }

    private static void get(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("record was not sent", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
