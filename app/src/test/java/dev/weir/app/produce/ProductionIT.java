package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.TopicSetup;
import dev.weir.events.MetricEvent;
import dev.weir.serde.AvroDeserializer;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductionIT {
    private static final String GOOD =
            "{\"timestamp\":%d,\"service\":\"api\",\"metric\":\"m\",\"kind\":\"COUNT\",\"value\":%d}\n";

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startServers() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = EmbeddedRegistry.start(0, null);
    }

    @AfterAll
    static void stopServers() {
        registry.close();
        broker.close();
    }

    @Test
    void goodLinesArriveInOrderWithTheirSeriesAsKeyAndBadOnesAreReported() throws IOException {
        WeirConfig config = config("order");
        TopicSetup.createMissing(config.kafka(), config.topics());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append(GOOD.formatted(i, i));
        }
        lines.insert(0, "\nnonsense\n");
        Path file = Files.writeString(directory.resolve("events.ndjson"), lines);

        boolean allGood =
                new Production(config, null, null, new PrintWriter(err, true)).send(EventFile.of(file.toString()));

        assertThat(allGood).isFalse();
        assertThat(err.toString()).startsWith(file + ":2:").contains("1,000 events", "1 bad lines skipped");
        List<ConsumerRecord<String, MetricEvent>> records = read(config, "order.events", 1_000);
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("m{service=\"api\"}");
        assertThat(records)
                .extracting(record -> (int) record.value().getValue())
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(records).extracting(ConsumerRecord::timestampType).containsOnly(TimestampType.LOG_APPEND_TIME);
    }

    @Test
    void topicThatDoesNotExistIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("one.ndjson"), GOOD.formatted(1, 1));
        assertThatThrownBy(() -> new Production(config("none"), null, null, new PrintWriter(err))
                        .send(EventFile.of(file.toString())))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("topic none.events does not exist on 127.0.0.1:");
    }

    @Test
    void topicsAreCreatedOnceWithTheirShape() throws ExecutionException, InterruptedException {
        WeirConfig config = config("shape");
        TopicSetup.createMissing(config.kafka(), config.topics());
        TopicSetup.createMissing(config.kafka(), config.topics());
        try (Admin admin = Admin.create(Map.copyOf(config.kafka().properties()))) {
            assertThat(admin.listTopics().names().get())
                    .contains(
                            "shape.events",
                            "shape.operations",
                            "shape.aggregates",
                            "shape.alerts",
                            "shape.alerts.state",
                            "shape.rejected",
                            "shape.rules");
            assertThat(admin.describeTopics(List.of("shape.events"))
                            .allTopicNames()
                            .get()
                            .get("shape.events")
                            .partitions())
                    .hasSize(4);
            assertThat(setting(admin, "shape.events", "message.timestamp.type")).isEqualTo("LogAppendTime");
            assertThat(setting(admin, "shape.events", "cleanup.policy")).isEqualTo("delete");
            assertThat(setting(admin, "shape.alerts.state", "cleanup.policy")).isEqualTo("compact");
        }
    }

    private static String setting(Admin admin, String topic, String name)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private static WeirConfig config(String prefix) {
        return new ConfigReader(Map.of())
                .read(
                        Optional.empty(),
                        Map.of(
                                "kafka.bootstrap.servers", broker.bootstrapServers(),
                                "schema.registry.url", registry.url(),
                                "topics.prefix", prefix))
                .config();
    }

    private static List<ConsumerRecord<String, MetricEvent>> read(WeirConfig config, String topic, int count) {
        Deserializer<MetricEvent> values = new AvroDeserializer<>();
        Map<String, Object> serde = new HashMap<>(config.schemaRegistry().serdeProperties());
        serde.put("specific.avro.reader", "true");
        values.configure(serde, false);
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put("group.id", "reader-" + topic);
        settings.put("auto.offset.reset", "earliest");
        List<ConsumerRecord<String, MetricEvent>> records = new ArrayList<>();
        try (KafkaConsumer<String, MetricEvent> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            consumer.subscribe(List.of(topic));
            for (int polls = 0; records.size() < count && polls < 60; polls++) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
