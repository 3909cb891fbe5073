package dev.weir.notify;

import static dev.weir.notify.NotifyScene.PATIENCE;
import static dev.weir.notify.NotifyScene.awaitResends;
import static dev.weir.notify.Transitions.firing;
import static dev.weir.notify.Transitions.pending;
import static dev.weir.notify.Transitions.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.notify.NotifierStatus.State;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident is one firing and one resolved notification, whoever of its messengers dies in the middle. */
final class NotifierIT {
    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static Receiver webhook;
    private static AlertmanagerProcess one;
    private static AlertmanagerProcess two;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void startServers() throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = EmbeddedRegistry.start(0, null);
        webhook = Receiver.start();
        one = AlertmanagerProcess.start(directory.resolve("one"), webhook.url() + "/one");
        two = AlertmanagerProcess.start(directory.resolve("two"), webhook.url() + "/two");
    }

    @AfterAll
    static void stopServers() {
        one.close();
        two.close();
        webhook.close();
        registry.close();
        broker.close();
    }

    @Test
    void incidentIsOneFiringAndOneResolvedNotificationOfEachAlertmanager() throws Exception {
        try (NotifyScene scene = scene("incident");
                Notifier notifier = scene.start(one.url(), two.url())) {
            scene.send(pending("Incident", start), firing("Incident", start));
            awaitNotified("/one", "firing Incident");
            awaitNotified("/two", "firing Incident");
            awaitResends(notifier, 4);
            scene.send(resolved("Incident", start, Instant.now()));
            awaitNotified("/one", "resolved Incident");
            awaitNotified("/two", "resolved Incident");
            awaitResends(notifier, 4);
            assertThat(notified("/one", "Incident")).containsExactly("firing Incident", "resolved Incident");
            assertThat(notified("/two", "Incident")).containsExactly("firing Incident", "resolved Incident");
            assertThat(notifier.status().alertmanagers()).allSatisfy(each -> {
                assertThat(each.failure()).isNull();
                assertThat(each.errors() + each.dropped()).isZero();
            });
        }
    }

    @Test
    void alertmanagerThatIsKilledHearsOfTheEndWhenItIsBackAndTheOtherIsNotHeldUp() throws Exception {
        try (NotifyScene scene = scene("killed.alertmanager");
                Notifier notifier = scene.start(one.url(), two.url())) {
            scene.send(firing("Killed", start));
            awaitNotified("/one", "firing Killed");
            awaitNotified("/two", "firing Killed");
            one.kill();
            scene.send(resolved("Killed", start, Instant.now()));
            awaitNotified("/two", "resolved Killed");
            await().atMost(PATIENCE)
                    .until(() -> notifier.status().alertmanagers().get(0).errors() >= 2);
            one.restart();
            awaitNotified("/one", "resolved Killed");
            awaitResends(notifier, 3);
            assertThat(notified("/one", "Killed")).containsExactly("firing Killed", "resolved Killed");
            assertThat(notified("/two", "Killed")).containsExactly("firing Killed", "resolved Killed");
        }
    }

    @Test
    void notifierThatIsKilledGoesOnWhereTheTopicIs() throws Exception {
        try (NotifyScene scene = scene("killed.notifier")) {
            Process first = child(scene);
            scene.send(firing("Lasts", start), firing("Ends", start));
            awaitNotified("/one", "firing Lasts");
            awaitNotified("/one", "firing Ends");
            first.destroyForcibly();
            first.waitFor(10, TimeUnit.SECONDS);
            scene.send(resolved("Ends", start, Instant.now()));
            Process second = child(scene);
            try {
                awaitNotified("/one", "resolved Ends");
                scene.send(resolved("Lasts", start, Instant.now()));
                awaitNotified("/one", "resolved Lasts");
            } finally {
                second.destroyForcibly();
                second.waitFor(10, TimeUnit.SECONDS);
            }
            assertThat(notified("/one", "Lasts")).containsExactly("firing Lasts", "resolved Lasts");
            assertThat(notified("/one", "Ends")).containsExactly("firing Ends", "resolved Ends");
        }
    }

    @Test
    void refusedAlertsAreCountedAndToldAgainWithTheNextResend() throws Exception {
        List<Integer> answers = List.of(400, 500, 200);
        try (Receiver refusing = Receiver.answering(number -> answers.get(Math.min(number, answers.size()) - 1));
                NotifyScene scene = scene("refused");
                Notifier notifier = scene.start(refusing.url(), two.url())) {
            scene.send(firing("Refused", start));
            awaitNotified("/two", "firing Refused");
            await().atMost(PATIENCE)
                    .until(() -> notifier.status().alertmanagers().get(0).failure() != null);
            await().atMost(PATIENCE)
                    .until(() -> notifier.status().alertmanagers().get(0).sent() >= 1);
            AlertmanagerStatus status = notifier.status().alertmanagers().get(0);
            assertThat(status.errors()).isEqualTo(2);
            assertThat(status.failure()).isNull();
            assertThat(refusing.batches().subList(0, 3)).containsOnly(List.of("Refused"));
            scene.send(resolved("Refused", start, Instant.now()));
            awaitNotified("/two", "resolved Refused");
        }
    }

    @Test
    void slowAlertmanagerHoldsUpNoOther() throws Exception {
        try (Receiver slow = Receiver.answering(NotifierIT::afterTheTimeout);
                NotifyScene scene = scene("slow");
                Notifier notifier = scene.start(slow.url(), two.url())) {
            scene.send(firing("Slow", start));
            awaitNotified("/two", "firing Slow");
            scene.send(resolved("Slow", start, Instant.now()));
            awaitNotified("/two", "resolved Slow");
            await().atMost(PATIENCE)
                    .until(() -> notifier.status().alertmanagers().get(0).errors() >= 1);
            assertThat(notifier.status().alertmanagers().get(0))
                    .satisfies(status -> assertThat(status.failure()).isEqualTo("no answer within PT0.8S"))
                    .satisfies(status -> assertThat(status.sent()).isZero());
        }
    }

    @Test
    void fullQueueDropsTheOldestOfWhatWaits() throws Exception {
        try (Receiver slow = Receiver.answering(NotifierIT::afterTheTimeout);
                NotifyScene scene = scene("overflow");
                Notifier notifier = scene.start(scene.settings(10, slow.url()))) {
            for (int i = 0; i < 25; i++) {
                scene.send(firing("Flood" + i, start));
            }
            await().atMost(PATIENCE)
                    .until(() -> notifier.status().alertmanagers().get(0).dropped() >= 15);
            assertThat(notifier.status().alertmanagers().get(0).queueLength()).isLessThanOrEqualTo(10);
            assertThat(slow.batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
        }
    }

    @Test
    void alertsOfThePastAreNotToldUntilTheStreamIsInThePresent() throws Exception {
        Instant past = start.minus(3, ChronoUnit.DAYS);
        try (Receiver told = Receiver.start();
                NotifyScene scene = scene("backfill")) {
            scene.sendWindowEnding(past.plusSeconds(600));
            scene.send(firing("EndedLongAgo", past), resolved("EndedLongAgo", past, past.plusSeconds(60)));
            try (Notifier notifier = scene.start(told.url())) {
                scene.send(firing("EndsInTheLog", past), firing("StillThere", past));
                await().atMost(PATIENCE).until(() -> notifier.status().held() == 2);
                scene.send(resolved("EndsInTheLog", past, past.plusSeconds(60)), firing("Present", start));
                await().atMost(PATIENCE).until(() -> told.batches().contains(List.of("Present")));
                assertThat(notifier.status().held()).isEqualTo(1);
                scene.sendWindowEnding(start);
                await().atMost(PATIENCE).until(() -> notifier.status().held() == 0);
                awaitResends(notifier, 4);
                assertThat(told.batches().stream().flatMap(List::stream))
                        .contains("StillThere", "Present")
                        .doesNotContain("EndedLongAgo", "EndsInTheLog");
            }
        }
    }

    @Test
    void registryThatIsAwayIsWaitedFor() throws Exception {
        Path content = directory.resolve("registry");
        String url;
        try (EmbeddedRegistry before = EmbeddedRegistry.start(0, content);
                NotifyScene scene = new NotifyScene(broker, "registry", before.url())) {
            url = before.url();
            scene.send(firing("Known", start));
        }
        // Of the same registry, with a cache of its own: what was known of it before, the notifier does not know.
        try (Receiver told = Receiver.start();
                NotifyScene scene = new NotifyScene(broker, "registry", url + "/apis/ccompat/v7");
                Notifier notifier = scene.start(told.url())) {
            await().atMost(PATIENCE).until(() -> notifier.status().state() == State.WAITING);
            assertThat(told.batches()).isEmpty();
            try (EmbeddedRegistry back = EmbeddedRegistry.start(URI.create(url).getPort(), content)) {
                assertThat(back.url()).isEqualTo(url);
                await().atMost(PATIENCE).until(() -> told.batches().contains(List.of("Known")));
                assertThat(notifier.status().undecodable()).isZero();
            }
        }
    }

    private static int afterTheTimeout(int number) {
        try {
            Thread.sleep(NotifyScene.TIMEOUT.multipliedBy(3).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 200;
    }

    private static NotifyScene scene(String name) {
        return new NotifyScene(broker, name, registry.url());
    }

    private static Process child(NotifyScene scene) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NotifierMain.class.getName()));
        command.addAll(List.of(scene.childArguments(one.url())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("notifier.log").toFile()))
                .start();
    }

    private static void awaitNotified(String path, String notification) {
        await(path + " " + notification)
                .atMost(PATIENCE)
                .until(() -> webhook.notifications(path).contains(notification));
    }

    private static List<String> notified(String path, String alert) {
        return webhook.notifications(path).stream()
                .filter(notification -> notification.endsWith(" " + alert))
                .toList();
    }
}
