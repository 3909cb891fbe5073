package dev.weir.topology.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.time.InputPositions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackingClientsIT {
    private static final int RECORDS = 2_500;
    private static final TopicPartition EVENTS = new TopicPartition("events", 0);
    private static final TopicPartition OTHER = new TopicPartition("other", 0);

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir, 0);
        broker.createTopic(EVENTS.topic(), 1, Map.of());
        broker.createTopic(OTHER.topic(), 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                for (TopicPartition partition : List.of(EVENTS, OTHER)) {
                    var unused = producer.send(new ProducerRecord<>(
                            partition.topic(), 0, 1_000L + i, null, value(i), new RecordHeaders().add("i", value(i))));
                }
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void recordsOfTheTopicComeInPacksAndOthersAsTheyAre() {
        InputPositions positions = new InputPositions();
        List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> singles = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new PackingClients(EVENTS.topic(), positions)
                .getConsumer(Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        2_000))) {
            consumer.assign(List.of(EVENTS, OTHER));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while ((consumer.position(EVENTS) < RECORDS || consumer.position(OTHER) < RECORDS)
                    && System.nanoTime() < deadline) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(200));
                packs.addAll(polled.records(EVENTS));
                singles.addAll(polled.records(OTHER));
                // What Kafka Streams commits when it has processed all of a poll.
                polled.nextOffsets()
                        .forEach(
                                (partition, next) -> assertThat(next.offset()).isEqualTo(consumer.position(partition)));
            }
            consumer.poll(Duration.ofMillis(200));
            assertThat(positions.readToEnd(0, RECORDS - 2)).isFalse();
            assertThat(positions.readToEnd(0, RECORDS - 1)).isTrue();
        }
        assertThat(singles)
                .hasSize(RECORDS)
                .allSatisfy(single -> assertThat(single.value()).isEqualTo(value((int) single.offset())));
        assertThat(packs).hasSizeBetween(3, 30);
        int next = 0;
        for (ConsumerRecord<byte[], byte[]> pack : packs) {
            assertThat(pack.offset())
                    .as("offset of a pack is that of its first record")
                    .isEqualTo(next);
            List<ConsumerRecord<byte[], ByteBuffer>> records = RecordPack.SERDE
                    .deserializer()
                    .deserialize(EVENTS.topic(), pack.headers(), pack.value())
                    .records();
            assertThat(records).hasSizeBetween(1, Packing.MOST_RECORDS);
            for (ConsumerRecord<byte[], ByteBuffer> record : records) {
                assertThat(record.offset()).isEqualTo(next);
                assertThat(record.timestamp()).isEqualTo(1_000L + next);
                assertThat(record.headers().lastHeader("i").value()).isEqualTo(value(next));
                assertThat(Utils.toNullableArray(record.value())).isEqualTo(value(next));
                next++;
            }
        }
        assertThat(next).isEqualTo(RECORDS);
    }

    private static byte @Nullable [] value(int i) {
        return i % 100 == 99 ? null : ("value " + i).getBytes(StandardCharsets.UTF_8);
    }
}
