package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configuration in a real Alertmanager, with Slack and PagerDuty on loopback. */
final class AlertmanagerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Notifications notifications;
    private AlertmanagerProcess alertmanager;

    @BeforeEach
    void start() throws IOException {
        notifications = new Notifications();
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("slack-url"), notifications.url("/slack"));
        Files.writeString(secrets.resolve("pagerduty-key"), "a-key");
        Files.createDirectory(folder.resolve("templates"));
        Files.writeString(
                folder.resolve("templates/weir.tmpl"), Checkout.text("deploy/alertmanager/templates/weir.tmpl"));
        String config = Checkout.text("deploy/alertmanager/alertmanager.yml")
                .replace("/etc/alertmanager/secrets", secrets.toString())
                .replace("https://events.pagerduty.com/v2/enqueue", notifications.url("/pagerduty"))
                .replace("mail.example.org:587", "127.0.0.1:1");
        alertmanager = AlertmanagerProcess.start(
                Files.writeString(folder.resolve("alertmanager.yml"), config),
                Files.createDirectory(folder.resolve("data")));
    }

    @AfterEach
    void stop() {
        alertmanager.close();
        notifications.close();
    }

    @Test
    void criticalAlertInhibitsTheWarningOfTheSameThing() throws Exception {
        fire("chatdb HighErrorRate critical chatdb-api-gateway");
        fire("chatdb HighErrorRate warning chatdb-api-gateway");
        fire("chatdb HighErrorRate warning chatdb-query-parser");
        fire("pyairtable HighErrorRate warning chatdb-api-gateway");
        fire("chatdb SlowResponse critical chatdb-api-gateway");
        fire("chatdb HighResponseTime warning chatdb-api-gateway");
        fire("chatdb HighResponseTime warning chatdb-query-parser");
        fire("pyairtable VeryHighResponseTime critical pyairtable-auth-service");
        fire("pyairtable HighResponseTime warning pyairtable-auth-service");
        fire("chatdb HighCpuUsage critical chatdb-api-gateway", "pod", "gateway-0");
        fire("chatdb HighCpuUsage warning chatdb-api-gateway", "pod", "gateway-0");
        fire("chatdb HighCpuUsage warning chatdb-api-gateway", "pod", "gateway-1");
        fire("producers StuckMessages critical");
        fire("producers StuckMessages warning");
        fire("pyairtable PlatformSilent critical");
        fire("pyairtable ServiceSilent critical pyairtable-auth-service");
        fire("pyairtable ServiceDown critical pyairtable-postgres");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inhibited())
                        .containsExactlyInAnyOrder(
                                "chatdb HighErrorRate warning chatdb-api-gateway",
                                "chatdb HighResponseTime warning chatdb-api-gateway",
                                "pyairtable HighResponseTime warning pyairtable-auth-service",
                                "chatdb HighCpuUsage warning chatdb-api-gateway gateway-0",
                                "producers StuckMessages warning",
                                "pyairtable ServiceSilent critical pyairtable-auth-service"));
        assertThat(alertmanager.alerts()).hasSize(17);
    }

    @Test
    void criticalAlertClimbsTheLongerItFires() throws Exception {
        Instant now = Instant.now();
        fire(now.minusSeconds(16 * 60), "chatdb KafkaConsumerLag critical chatdb-kafka");
        fire(now.minusSeconds(11 * 60), "chatdb HighErrorRate critical chatdb-api-gateway");
        fire(now.minusSeconds(60), "chatdb QueryProcessingBottleneck critical chatdb-query-parser");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(titles(notifications.slack("#incidents")))
                    .contains("[CRITICAL 1] chatdb KafkaConsumerLag on chatdb-kafka");
            assertThat(paged())
                    .contains(
                            "[CRITICAL 1] chatdb KafkaConsumerLag on chatdb-kafka",
                            "[CRITICAL 1] chatdb HighErrorRate on chatdb-api-gateway");
            assertThat(titles(notifications.slack("#chatdb-critical")))
                    .contains("[CRITICAL 1] chatdb QueryProcessingBottleneck on chatdb-query-parser");
        });
        assertThat(titles(notifications.slack("#incidents"))).hasSize(1);
        assertThat(paged()).noneMatch(title -> title.contains("QueryProcessingBottleneck"));
    }

    @Test
    void messageSaysWhatSinceWhenAndWhatToDo() throws Exception {
        Instant since = Instant.now().minusSeconds(60);
        fire(since, "chatdb HighErrorRate warning chatdb-api-gateway");

        await().atMost(PATIENCE)
                .until(() -> !notifications.slack("#chatdb-warnings").isEmpty());
        JsonNode message = notifications.slack("#chatdb-warnings").get(0).at("/attachments/0");
        assertThat(message.get("title").asText()).isEqualTo("[WARNING 1] chatdb HighErrorRate on chatdb-api-gateway");
        assertThat(message.get("color").asText()).isEqualTo("warning");
        assertThat(message.get("text").asText().strip())
                .isEqualTo("a summary: a description\nsince " + since.toString().substring(0, 10) + " "
                        + since.toString().substring(11, 19)
                        + " UTC, runbook: https://git.example.org/weir/blob/main/docs/runbooks/HighErrorRate.md");
    }

    private void fire(String alert, String... more) throws Exception {
        fire(Instant.now(), alert, more);
    }

    /** An alert by cluster, name, severity and service, and more labels if there are any. */
    private void fire(Instant since, String alert, String... more) throws Exception {
        List<String> names = List.of("cluster", "alertname", "severity", "service");
        List<String> values = List.of(alert.split(" ", -1));
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            labels.put(names.get(i), values.get(i));
        }
        for (int i = 0; i < more.length; i += 2) {
            labels.put(more[i], more[i + 1]);
        }
        alertmanager.fire(
                since,
                labels,
                Map.of(
                        "summary", "a summary",
                        "description", "a description",
                        "runbook_url", "docs/runbooks/" + values.get(1) + ".md"));
    }

    private Set<String> inhibited() throws Exception {
        Set<String> inhibited = new TreeSet<>();
        for (JsonNode alert : alertmanager.alerts()) {
            if (!alert.at("/status/inhibitedBy").isEmpty()) {
                JsonNode labels = alert.get("labels");
                inhibited.add(String.join(
                                " ",
                                labels.path("cluster").asText(),
                                labels.path("alertname").asText(),
                                labels.path("severity").asText(),
                                labels.path("service").asText(),
                                labels.path("pod").asText())
                        .strip());
            }
        }
        return inhibited;
    }

    private List<String> paged() {
        return notifications.pagerDuty().stream()
                .map(event -> event.at("/payload/summary").asText())
                .toList();
    }

    private static List<String> titles(List<JsonNode> messages) {
        return messages.stream()
                .map(message -> message.at("/attachments/0/title").asText())
                .toList();
    }
}
