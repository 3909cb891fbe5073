package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
    @TempDir
    Path dataDir;

    @Test
    void recordsAndClusterIdAreThereAfterRestart() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            broker.createTopic("kept", 2, Map.of("cleanup.policy", "compact"));
            broker.createTopic("kept", 2, Map.of());
            commit(broker, "first");
            assertThat(readAll(broker, 1)).containsExactly("first");
            clusterId = clusterId(broker);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            commit(broker, "second");
            assertThat(readAll(broker, 2)).containsExactlyInAnyOrder("first", "second");
            assertThat(clusterId(broker)).isEqualTo(clusterId);
        }
    }

    @Test
    void takenPortIsNamedInTheError() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = holder.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, port))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port is " + port + ", must be free on 127.0.0.1 (embedded Kafka broker)");
        }
    }

    private static void commit(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("kept", value, value)).get();
            producer.commitTransaction();
        }
    }

    private static List<String> readAll(EmbeddedBroker broker, int expected) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "reader-" + expected,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("kept"));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= expected;
            });
        }
        return values;
    }

    private static String clusterId(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
