package dev.weir.topology.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.alerts.IncidentAcknowledgement;
import dev.weir.alerts.IncidentChange;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents on a real broker: killed in the middle, they keep their timers, and every change is there once. */
final class IncidentStreamIT {
    private static final int PARTITIONS = 3;
    private static final String PREFIX = "killed";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> CRITICAL = Map.of("service", "api", "severity", "critical");

    @TempDir
    private Path directory;

    @Test
    void killedStreamKeepsItsTimersAndWritesEveryChangeOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            for (String topic : List.of("alerts", "alerts.state", "acks", "incidents")) {
                broker.createTopic(PREFIX + "." + topic, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
            }
            Process process = start(broker, registry);
            try (KafkaProducer<String, SpecificRecord> producer = producer(broker, registry)) {
                Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                producer.send(alert("A", AlertState.FIRING, start, 1)).get();
                await().atMost(PATIENCE).until(() -> incidents(broker, registry).size() == 1);
                Incident opened = incidents(broker, registry).get(0);
                producer.send(alert("B", AlertState.FIRING, start, 1)).get();
                await().atMost(PATIENCE).until(() -> incidents(broker, registry).size() == 2);
                process = killAndRestart(process, broker, registry);

                await().atMost(PATIENCE)
                        .until(() -> escalations(broker, registry).size() == 2);
                process = killAndRestart(process, broker, registry);
                producer.send(acknowledgement(opened.getIncident())).get();
                await().atMost(PATIENCE)
                        .until(() -> escalations(broker, registry).size() == 4);
                producer.send(alert("A", AlertState.RESOLVED, start.plusSeconds(1), 2))
                        .get();
                producer.send(alert("B", AlertState.RESOLVED, start.plusSeconds(1), 2))
                        .get();
                await().atMost(PATIENCE).until(() -> incidents(broker, registry).size() >= 7);

                List<Incident> history = incidents(broker, registry);
                assertThat(history)
                        .extracting(Incident::getChange)
                        .containsExactly(
                                IncidentChange.OPENED,
                                IncidentChange.ALERT_ADDED,
                                IncidentChange.ESCALATED,
                                IncidentChange.ESCALATED,
                                IncidentChange.ACKNOWLEDGED,
                                IncidentChange.ALERT_RESOLVED,
                                IncidentChange.RESOLVED);
                assertThat(history).extracting(Incident::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
                assertThat(opened.getEscalatesAt())
                        .isEqualTo(opened.getOpenedAt().plusSeconds(12));
                assertThat(history.get(2).getChangedAt()).isAfterOrEqualTo(opened.getEscalatesAt());
                assertThat(escalations(broker, registry))
                        .extracting(
                                each -> each.getState() + " " + each.getLabels().get("escalation"))
                        .containsExactlyInAnyOrder(
                                "FIRING emergency", "FIRING incident", "RESOLVED emergency", "RESOLVED incident");
                assertThat(this.<AlertTransition>read("alerts.state", broker, registry))
                        .containsExactlyInAnyOrderElementsOf(escalations(broker, registry));
            } finally {
                kill(process);
            }
        }
    }

    private Process killAndRestart(Process process, EmbeddedBroker broker, EmbeddedRegistry registry) throws Exception {
        kill(process);
        return start(broker, registry);
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(EmbeddedBroker broker, EmbeddedRegistry registry) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IncidentMain.class.getName(),
                        broker.bootstrapServers(),
                        registry.url(),
                        PREFIX,
                        directory.resolve("state").toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "incident-stream.log").toFile()))
                .start();
    }

    private static ProducerRecord<String, SpecificRecord> alert(
            String name, AlertState state, Instant tick, long sequence) {
        Map<String, String> labels = new TreeMap<>(CRITICAL);
        labels.put("alertname", name);
        AlertTransition transition = AlertTransition.newBuilder()
                .setFingerprint("fingerprint of " + name)
                .setSequence(sequence)
                .setAlertname(name)
                .setGroup("test.yml/test")
                .setState(state)
                .setLabels(labels)
                .setAnnotations(Map.of())
                .setEvaluatedAt(tick)
                .setActiveAt(tick)
                .setStartsAt(tick)
                .setEndsAt(state == AlertState.RESOLVED ? tick : null)
                .setExpression("up == 0")
                .setRuleVersion("0000000000000000")
                .build();
        return new ProducerRecord<>(PREFIX + ".alerts", transition.getFingerprint(), transition);
    }

    private static ProducerRecord<String, SpecificRecord> acknowledgement(String incident) {
        return new ProducerRecord<>(
                PREFIX + ".acks",
                incident,
                IncidentAcknowledgement.newBuilder()
                        .setIncident(incident)
                        .setBy("ann")
                        .setAt(Instant.now())
                        .build());
    }

    private static KafkaProducer<String, SpecificRecord> producer(EmbeddedBroker broker, EmbeddedRegistry registry) {
        AvroSerializer<SpecificRecord> values = new AvroSerializer<>();
        values.configure(Map.of("schema.registry.url", registry.url()), false);
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), values);
    }

    private List<Incident> incidents(EmbeddedBroker broker, EmbeddedRegistry registry) {
        return read("incidents", broker, registry);
    }

    private List<AlertTransition> escalations(EmbeddedBroker broker, EmbeddedRegistry registry) {
        return this.<AlertTransition>read("alerts", broker, registry).stream()
                .filter(each -> Objects.equals(each.getAlertname(), "IncidentEscalated"))
                .toList();
    }

    /** All committed records of a topic, each partition in its order. */
    private <T extends SpecificRecord> List<T> read(String topic, EmbeddedBroker broker, EmbeddedRegistry registry) {
        AvroDeserializer<T> values = new AvroDeserializer<>();
        values.configure(Map.of("schema.registry.url", registry.url(), "specific.avro.reader", true), false);
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(config, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(PREFIX + "." + topic, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<T> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(next -> records.add(next.value()));
            }
            return records;
        }
    }
}
