package dev.weir.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.app.machine.EmbeddedWeir;
import dev.weir.app.role.RoleName;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's JavaScript client against our serde, registry and stream. */
final class JavaScriptClientIT {
    private static final String RECORD_NAME = "io.confluent.kafka.serializers.subject.RecordNameStrategy";
    private static final String EVENT = MetricEvent.getClassSchema().getFullName();
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void itDecodesTheEventsThatWeWrite() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            JavaScriptClient client = new JavaScriptClient(registry.url());

            assertJson(client.decode("weir.events", bytes(registry.url(), "weir.events", fullEvent())), """
                    {"timestamp": 1772359200123, "service": "checkout", "metric": "http_request_duration_seconds",
                     "kind": "OBSERVATION", "value": 0.25, "unit": "s", "outcome": "SUCCESS",
                     "labels": {"route": "/köln", "method": "GET"}, "event_id": "event-1"}
                    """);
            assertJson(client.decode("weir.events", bytes(registry.url(), "weir.events", sparseEvent(TIME))), """
                    {"timestamp": 1772359200123, "service": "checkout", "metric": "requests_total",
                     "kind": "COUNT", "value": 2.5, "unit": null, "outcome": null, "labels": {}, "event_id": null}
                    """);
        }
    }

    @Test
    void itDecodesTheAlertsThatWeWrite() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            JavaScriptClient client = new JavaScriptClient(registry.url());

            assertJson(client.decode("weir.alerts", bytes(registry.url(), "weir.alerts", resolvedAlert())), """
                    {"fingerprint": "00c0ffee00c0ffee", "sequence": 3, "alertname": "SlowCheckout",
                     "group": "checkout.yml/latency", "state": "RESOLVED", "reason": "CLEARED",
                     "labels": {"alertname": "SlowCheckout", "route": "/order"},
                     "annotations": {"summary": "p95 is 0.8 s"},
                     "value": 0.125, "value_low": 0.124, "value_high": 0.126,
                     "evaluated_at": 1772359200123, "active_at": 1772358600123,
                     "starts_at": 1772358900123, "ends_at": 1772359200123,
                     "expression": "p95 > 0.5", "rule_version": "0123456789abcdef"}
                    """);
            assertJson(client.decode("weir.alerts", bytes(registry.url(), "weir.alerts", pendingAlert())), """
                    {"fingerprint": "00c0ffee00c0ffee", "sequence": 1, "alertname": "SlowCheckout",
                     "group": "checkout.yml/latency", "state": "PENDING", "reason": null,
                     "labels": {"alertname": "SlowCheckout"}, "annotations": {},
                     "value": null, "value_low": null, "value_high": null,
                     "evaluated_at": 1772359200123, "active_at": 1772359200123, "starts_at": null, "ends_at": null,
                     "expression": "p95 > 0.5", "rule_version": "0123456789abcdef"}
                    """);
        }
    }

    @Test
    void schemaThatItRegistersIsTheOneThatWeUse() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            int id = new JavaScriptClient(registry.url()).register(EVENT, publishedSchema());

            byte[] ours = bytes(registry.url(), "weir.events", fullEvent());

            assertThat(ours).startsWith(0, 0, 0, 0, id);
        }
    }

    @Test
    void eventThatItEncodesIsReadAndAggregated(@TempDir Path directory) throws Exception {
        try (EmbeddedWeir weir = EmbeddedWeir.start(directory, EnumSet.of(RoleName.STREAM))) {
            String registry = weir.registryUrl();
            JavaScriptClient client = new JavaScriptClient(registry);
            client.register(EVENT, publishedSchema());
            Instant past = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(120);

            byte[] full = client.encode("weir.events", EVENT, """
                    {"timestamp": %d, "service": "checkout", "metric": "http_request_duration_seconds",
                     "kind": "OBSERVATION", "value": 0.25, "unit": "s", "outcome": "ERROR",
                     "labels": {"route": "/köln"}, "event_id": "event-1"}
                    """.formatted(past.toEpochMilli()));
            byte[] sparse = client.encode("weir.events", EVENT, """
                    {"timestamp": %d, "service": "checkout", "metric": "requests_total", "kind": "COUNT", "value": 2.5}
                    """.formatted(past.toEpochMilli()));

            assertThat(MetricEvent.class.cast(record(registry, full)))
                    .isEqualTo(new MetricEvent(
                            past,
                            "checkout",
                            "http_request_duration_seconds",
                            MetricKind.OBSERVATION,
                            0.25,
                            "s",
                            Outcome.ERROR,
                            Map.of("route", "/köln"),
                            "event-1"));
            assertThat(MetricEvent.class.cast(record(registry, sparse))).isEqualTo(sparseEvent(past));
            produce(weir, full, sparse);
            assertThat(finalMinutes(weir, 2))
                    .anySatisfy(window -> {
                        assertThat(window.getMetric()).isEqualTo("http_request_duration_seconds");
                        assertThat(window.getLabels()).isEqualTo(Map.of("route", "/köln"));
                        assertThat(window.getCount()).isEqualTo(1);
                        assertThat(window.getSum()).isEqualTo(0.25);
                        assertThat(window.getErrorRatio()).isEqualTo(1.0);
                    })
                    .anySatisfy(window -> {
                        assertThat(window.getMetric()).isEqualTo("requests_total");
                        assertThat(window.getSum()).isEqualTo(2.5);
                    });
        }
    }

    /** As it is registered: without what only Java's generated classes need. */
    private static String publishedSchema() {
        String generated = MetricEvent.getClassSchema().toString();
        return new Schema.Parser()
                .parse(generated.replace(",\"avro.java.string\":\"String\"", ""))
                .toString();
    }

    private static void assertJson(String actual, String expected) throws IOException {
        assertThat(JSON.readTree(actual)).isEqualTo(JSON.readTree(expected));
    }

    private static byte[] bytes(String registry, String topic, SpecificRecord value) {
        try (AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>()) {
            Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", registry));
            if (topic.equals("weir.events")) {
                settings.put("value.subject.name.strategy", RECORD_NAME);
            }
            serializer.configure(settings, false);
            return Objects.requireNonNull(serializer.serialize(topic, value));
        }
    }

    private static <T extends SpecificRecord> AvroDeserializer<T> deserializer(String registry) {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("schema.registry.url", registry, "specific.avro.reader", true), false);
        return deserializer;
    }

    private static SpecificRecord record(String registry, byte[] payload) {
        try (AvroDeserializer<SpecificRecord> deserializer = deserializer(registry)) {
            return Objects.requireNonNull(deserializer.deserialize("weir.events", payload));
        }
    }

    private static void produce(EmbeddedWeir weir, byte[]... payloads) throws Exception {
        Map<String, Object> kafka = Map.copyOf(weir.config().kafka().properties());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] payload : payloads) {
                producer.send(new ProducerRecord<>("weir.events", payload)).get();
            }
        }
    }

    private static List<WindowAggregate> finalMinutes(EmbeddedWeir weir, int count) {
        Map<String, Object> kafka = new HashMap<>(weir.config().kafka().properties());
        kafka.put("group.id", "reader");
        kafka.put("auto.offset.reset", "earliest");
        kafka.put("isolation.level", "read_committed");
        List<WindowAggregate> found = new ArrayList<>();
        try (KafkaConsumer<String, WindowAggregate> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), deserializer(weir.registryUrl()))) {
            consumer.subscribe(List.of("weir.aggregates"));
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(next -> found.add(next.value()));
                found.removeIf(window -> !window.getFinal$()
                        || !window.getWindowStart().plusSeconds(60).equals(window.getWindowEnd()));
                return found.size() >= count;
            });
        }
        return found;
    }

    private static MetricEvent fullEvent() {
        return new MetricEvent(
                TIME,
                "checkout",
                "http_request_duration_seconds",
                MetricKind.OBSERVATION,
                0.25,
                "s",
                Outcome.SUCCESS,
                Map.of("route", "/köln", "method", "GET"),
                "event-1");
    }

    private static MetricEvent sparseEvent(Instant time) {
        return new MetricEvent(time, "checkout", "requests_total", MetricKind.COUNT, 2.5, null, null, Map.of(), null);
    }

    private static AlertTransition resolvedAlert() {
        return new AlertTransition(
                "00c0ffee00c0ffee",
                3L,
                "SlowCheckout",
                "checkout.yml/latency",
                AlertState.RESOLVED,
                ResolveReason.CLEARED,
                Map.of("alertname", "SlowCheckout", "route", "/order"),
                Map.of("summary", "p95 is 0.8 s"),
                0.125,
                0.124,
                0.126,
                TIME,
                TIME.minusSeconds(600),
                TIME.minusSeconds(300),
                TIME,
                "p95 > 0.5",
                "0123456789abcdef");
    }

    private static AlertTransition pendingAlert() {
        return new AlertTransition(
                "00c0ffee00c0ffee",
                1L,
                "SlowCheckout",
                "checkout.yml/latency",
                AlertState.PENDING,
                null,
                Map.of("alertname", "SlowCheckout"),
                Map.of(),
                null,
                null,
                null,
                TIME,
                TIME,
                null,
                null,
                "p95 > 0.5",
                "0123456789abcdef");
    }
}
