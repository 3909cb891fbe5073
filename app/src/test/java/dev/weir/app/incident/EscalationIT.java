package dev.weir.app.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.app.command.WeirCommand;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.machine.EmbeddedWeir;
import dev.weir.app.role.RoleName;
import dev.weir.serde.AvroSerializer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An alert that nobody takes care of reaches Alertmanager as an escalation until {@code weir ack}. */
final class EscalationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer alertmanager;

    @BeforeEach
    void startAlertmanager() throws Exception {
        alertmanager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        alertmanager.createContext("/api/v2/alerts", exchange -> {
            try (exchange) {
                JSON.readTree(exchange.getRequestBody()).forEach(posted::add);
                exchange.sendResponseHeaders(200, -1);
            }
        });
        alertmanager.start();
    }

    @AfterEach
    void stopAlertmanager() {
        alertmanager.stop(0);
    }

    @Test
    void escalationIsToldUntilSomebodyAcknowledgesTheIncident() throws Exception {
        Map<String, String> settings = Map.of(
                "notify.alertmanagers",
                        "http://127.0.0.1:" + alertmanager.getAddress().getPort(),
                "notify.resend", "1s",
                "incidents.levels[0].name", "critical",
                "incidents.levels[0].after", "1s",
                "incidents.levels[1].name", "emergency");
        try (EmbeddedWeir weir =
                EmbeddedWeir.start(directory, EnumSet.of(RoleName.INCIDENTS, RoleName.NOTIFY), settings)) {
            Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            send(weir.config(), alert(AlertState.FIRING, start, 1));
            await().atMost(PATIENCE).until(() -> escalation(false).isPresent());
            JsonNode told = escalation(false).orElseThrow();
            assertThat(told.at("/labels/escalation").asText()).isEqualTo("emergency");
            assertThat(told.at("/labels/service").asText()).isEqualTo("api");
            assertThat(told.at("/annotations/description").asText()).contains("Firing: ApiDown");

            String incident = told.at("/labels/incident").asText();
            assertThat(ack(weir.config(), incident)).isZero();
            assertThat(out.toString()).startsWith("incident " + incident + " acknowledged by ann: emergency, 1 alerts");
            await().atMost(PATIENCE).until(() -> escalation(true).isPresent());

            send(weir.config(), alert(AlertState.RESOLVED, start.plusSeconds(1), 2));
            await().atMost(PATIENCE).until(() -> ack(weir.config(), incident) == 1);
            assertThat(err.toString())
                    .contains("weir: incident " + incident + " ended at ")
                    .contains("must be one of: (none is open)");
        }
    }

    /** What Alertmanager was told of the escalation: that it fires, or that it has ended. */
    private Optional<JsonNode> escalation(boolean ended) {
        return posted.stream()
                .filter(alert -> alert.at("/labels/alertname").asText().equals("IncidentEscalated"))
                .filter(alert ->
                        ended == Instant.parse(alert.get("endsAt").asText()).isBefore(Instant.now()))
                .findFirst();
    }

    private int ack(WeirConfig config, String incident) {
        CommandLine command = WeirCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                "ack",
                incident,
                "--by",
                "ann",
                "--bootstrap",
                config.kafka().bootstrapServers(),
                "--schema-registry",
                config.schemaRegistry().url());
    }

    private static void send(WeirConfig config, AlertTransition transition) throws Exception {
        AvroSerializer<AlertTransition> values = new AvroSerializer<>();
        values.configure(config.schemaRegistry().serdeProperties(), false);
        try (KafkaProducer<String, AlertTransition> producer =
                new KafkaProducer<>(new HashMap<>(config.kafka().properties()), new StringSerializer(), values)) {
            for (String topic : List.of("alerts", "alerts.state")) {
                producer.send(new ProducerRecord<>(
                                config.topics().name(topic), transition.getFingerprint(), transition))
                        .get();
            }
        }
    }

    private static AlertTransition alert(AlertState state, Instant tick, long sequence) {
        return AlertTransition.newBuilder()
                .setFingerprint("0123456789abcdef")
                .setSequence(sequence)
                .setAlertname("ApiDown")
                .setGroup("test.yml/test")
                .setState(state)
                .setLabels(Map.of("alertname", "ApiDown", "service", "api", "severity", "critical"))
                .setAnnotations(Map.of())
                .setEvaluatedAt(tick)
                .setActiveAt(tick)
                .setStartsAt(tick)
                .setEndsAt(state == AlertState.RESOLVED ? tick : null)
                .setExpression("up == 0")
                .setRuleVersion("0000000000000000")
                .build();
    }
}
