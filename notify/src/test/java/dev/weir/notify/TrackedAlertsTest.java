package dev.weir.notify;

import static dev.weir.notify.Transitions.firing;
import static dev.weir.notify.Transitions.inactive;
import static dev.weir.notify.Transitions.pending;
import static dev.weir.notify.Transitions.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrackedAlertsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAYS = Duration.ofDays(3);

    private final TrackedAlerts alerts = new TrackedAlerts(NotifySettings.RESEND, NotifySettings.MAX_DELAY);

    @Test
    void firingAlertIsDueAtOnceAndAgainAfterEachResendInterval() {
        alerts.observe(firing("A", NOON), NOON);
        assertThat(due(NOON)).containsExactly("A FIRING");
        assertThat(due(NOON.plusSeconds(59))).isEmpty();
        assertThat(due(NOON.plusSeconds(60))).containsExactly("A FIRING");
        assertThat(due(NOON.plusSeconds(119))).isEmpty();
        assertThat(due(NOON.plus(DAYS))).containsExactly("A FIRING");
    }

    @Test
    void endIsDueAtOnceAndAgainForFifteenMinutes() {
        alerts.observe(firing("A", NOON), NOON);
        due(NOON);
        Instant end = NOON.plusSeconds(30);
        alerts.observe(resolved("A", NOON, end), end);
        assertThat(due(end)).containsExactly("A RESOLVED");
        int told = 0;
        for (int minute = 1; minute <= 20; minute++) {
            told += due(end.plusSeconds(60L * minute)).size();
        }
        assertThat(told).isEqualTo(15);
    }

    @Test
    void pendingAndInactiveAlertsAreNobodysBusiness() {
        alerts.observe(pending("A", NOON), NOON);
        assertThat(due(NOON)).isEmpty();
        alerts.observe(inactive("A", NOON.plusSeconds(10)), NOON.plusSeconds(10));
        assertThat(due(NOON.plusSeconds(10))).isEmpty();
    }

    @Test
    void endThatIsNotToldYetIsNotUndoneByAnAlertThatBeginsAgain() {
        alerts.observe(firing("A", NOON), NOON);
        due(NOON);
        alerts.observe(resolved("A", NOON, NOON.plusSeconds(10)), NOON.plusSeconds(10));
        alerts.observe(pending("A", NOON.plusSeconds(20)), NOON.plusSeconds(10));
        assertThat(due(NOON.plusSeconds(20))).containsExactly("A RESOLVED");
    }

    @Test
    void alertThatFiresAgainIsToldAsFiringOnly() {
        alerts.observe(firing("A", NOON), NOON);
        due(NOON);
        alerts.observe(resolved("A", NOON, NOON.plusSeconds(10)), NOON.plusSeconds(10));
        alerts.observe(firing("A", NOON.plusSeconds(20)), NOON.plusSeconds(20));
        assertThat(due(NOON.plusSeconds(20))).containsExactly("A FIRING");
    }

    @Test
    void alertsOfTheSameLabelsEndWithTheLastOfThem() {
        AlertTransition other = firing("A", "of another rule", NOON);
        AlertTransition end = resolved("A", "of another rule", NOON, NOON.plusSeconds(20));
        alerts.observe(firing("A", NOON), NOON);
        alerts.observe(other, NOON);
        assertThat(due(NOON)).containsExactly("A FIRING", "A FIRING");
        alerts.observe(resolved("A", NOON, NOON.plusSeconds(10)), NOON.plusSeconds(10));
        assertThat(due(NOON.plusSeconds(10))).isEmpty();
        assertThat(due(NOON.plusSeconds(60))).containsExactly("A FIRING");
        alerts.observe(end, NOON.plusSeconds(70));
        assertThat(due(NOON.plusSeconds(70))).containsExactly("A RESOLVED");
        assertThat(due(NOON.plusSeconds(130))).containsExactly("A RESOLVED");
    }

    @Test
    void oldFiringAlertWaitsUntilTheStreamHasCaughtUp() {
        alerts.observe(firing("Old", NOON.minus(DAYS)), NOON);
        alerts.observe(firing("New", NOON), NOON);
        assertThat(names(alerts.due(NOON, () -> false))).containsExactly("New FIRING");
        assertThat(alerts.held()).isEqualTo(1);
        assertThat(names(alerts.due(NOON.plusSeconds(1), () -> true))).containsExactly("Old FIRING");
        assertThat(alerts.held()).isZero();
    }

    @Test
    void alertOfTheLongestDelayIsToldAndOneOfAMillisecondMoreIsHeld() {
        alerts.observe(firing("A", NOON.minus(NotifySettings.MAX_DELAY)), NOON);
        alerts.observe(firing("B", NOON.minus(NotifySettings.MAX_DELAY).minusMillis(1)), NOON);
        assertThat(names(alerts.due(NOON, () -> false))).containsExactly("A FIRING");
    }

    @Test
    void alertThatEndsWhileItIsHeldIsNeverTold() {
        Instant longAgo = NOON.minus(DAYS);
        alerts.observe(firing("Old", longAgo), NOON);
        alerts.due(NOON, () -> false);
        alerts.observe(resolved("Old", longAgo, longAgo.plusSeconds(60)), NOON);
        assertThat(names(alerts.due(NOON.plusSeconds(1), () -> true))).isEmpty();
        assertThat(names(alerts.due(NOON.plusSeconds(600), () -> true))).isEmpty();
    }

    @Test
    void alertOnceToldIsToldOnHoweverOldItsTickGrows() {
        alerts.observe(firing("A", NOON), NOON);
        due(NOON);
        assertThat(names(alerts.due(NOON.plus(DAYS), () -> false))).containsExactly("A FIRING");
    }

    @Test
    void endOfAToldAlertIsToldHoweverLateTheStreamSaysIt() {
        alerts.observe(firing("A", NOON), NOON);
        due(NOON);
        Instant later = NOON.plus(DAYS);
        alerts.observe(resolved("A", NOON, NOON.plusSeconds(60)), later);
        assertThat(due(later)).containsExactly("A RESOLVED");
    }

    @Test
    void endThatAnEarlierProcessMayNotHaveToldIsToldForFifteenMinutes() {
        alerts.observe(resolved("Lately", NOON.minusSeconds(900), NOON.minusSeconds(899)), NOON);
        alerts.observe(resolved("LongAgo", NOON.minusSeconds(900), NOON.minusSeconds(900)), NOON);
        assertThat(due(NOON)).containsExactly("Lately RESOLVED");
    }

    @Test
    void alertThatIsGoneFromTheTopicIsNotToldAgain() {
        AlertTransition alert = firing("A", NOON);
        alerts.observe(alert, NOON);
        due(NOON);
        alerts.forget(alert.getFingerprint());
        assertThat(due(NOON.plusSeconds(60))).isEmpty();
    }

    private List<String> due(Instant now) {
        return names(alerts.due(now, () -> {
            throw new AssertionError("nothing here is old");
        }));
    }

    private static List<String> names(List<AlertTransition> due) {
        return due.stream()
                .map(alert -> alert.getAlertname() + " " + alert.getState())
                .toList();
    }
}
