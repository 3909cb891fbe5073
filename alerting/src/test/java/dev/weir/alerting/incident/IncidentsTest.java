package dev.weir.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S3-N2 and S3-N3. */
final class IncidentsTest {
    private static final Map<String, String> WARNING = Map.of("service", "api", "severity", "warning");
    private static final Map<String, String> CRITICAL = Map.of("service", "api", "severity", "critical");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final IncidentBench bench = new IncidentBench(IncidentPolicy.DEFAULTS);

    @Test
    void alertOpensAnIncidentThatEndsWithIt() {
        bench.fire("A", WARNING);
        bench.pass(MINUTE);
        bench.resolve("A", WARNING);
        assertThat(bench.changes()).containsExactly("OPENED warning 1 alerts", "RESOLVED warning 1 alerts");
        assertThat(bench.history()).extracting(Incident::getSequence).containsExactly(1L, 2L);
        assertThat(bench.escalations()).isEmpty();
    }

    @Test
    void alertsOfOneServiceWithinFiveMinutesAreOneIncident() {
        bench.fire("A", WARNING);
        bench.pass(Duration.ofMinutes(5));
        bench.fire("B", WARNING);
        bench.resolve("A", WARNING);
        bench.resolve("B", WARNING);
        assertThat(bench.changes())
                .containsExactly(
                        "OPENED warning 1 alerts",
                        "ALERT_ADDED warning 2 alerts",
                        "ALERT_RESOLVED warning 2 alerts",
                        "RESOLVED warning 2 alerts");
        assertThat(bench.history())
                .extracting(Incident::getIncident)
                .containsOnly(bench.last().getIncident());
        assertThat(bench.history()).extracting(Incident::getSequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void alertAMillisecondLaterIsAnIncidentOfItsOwn() {
        bench.fire("A", WARNING);
        bench.pass(Duration.ofMinutes(5).plusMillis(1));
        bench.fire("B", WARNING);
        assertThat(bench.changes()).containsExactly("OPENED warning 1 alerts", "OPENED warning 1 alerts");
    }

    @Test
    void alertsOfOtherServicesAreApartUnlessALabelOrTheConfigurationRelatesThem() {
        IncidentPolicy policy = new IncidentPolicy(
                List.of("service"),
                5,
                Duration.ofHours(1),
                List.of("service", "cluster"),
                Map.of("api", Set.of("db")),
                Duration.ofMinutes(5),
                IncidentPolicy.DEFAULTS.levels());
        IncidentBench related = new IncidentBench(policy);
        related.fire("Db", Map.of("service", "db"));
        related.fire("Api", Map.of("service", "api", "cluster", "west"));
        related.fire("Other", Map.of("service", "other", "cluster", "west"));
        related.fire("Apart", Map.of("service", "apart", "cluster", "east"));
        assertThat(related.changes())
                .containsExactly(
                        "OPENED warning 1 alerts",
                        "ALERT_ADDED warning 2 alerts",
                        "ALERT_ADDED warning 3 alerts",
                        "OPENED warning 1 alerts");
    }

    @Test
    void criticalAlertThatNobodyAcknowledgesClimbsToTheTop() {
        bench.fire("A", CRITICAL);
        bench.pass(Duration.ofMinutes(10).minusMillis(1));
        assertThat(bench.escalations()).isEmpty();
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.escalations()).containsExactly("FIRING emergency");
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.escalations()).containsExactly("FIRING emergency", "FIRING incident");
        assertThat(bench.last().getEscalatesAt()).isNull();
        bench.pass(Duration.ofDays(1));
        assertThat(bench.changes())
                .containsExactly(
                        "OPENED critical 1 alerts", "ESCALATED emergency 1 alerts", "ESCALATED incident 1 alerts");
    }

    @Test
    void warningBecomesCriticalAfterThirtyMinutes() {
        bench.fire("A", WARNING);
        bench.pass(Duration.ofMinutes(30));
        assertThat(bench.escalations()).containsExactly("FIRING critical");
        assertThat(bench.last().getEscalatesAt()).isEqualTo(IncidentBench.NOON.plus(Duration.ofMinutes(40)));
    }

    @Test
    void acknowledgementStopsTheEscalationAndEndsItsAlerts() {
        bench.fire("A", CRITICAL);
        bench.pass(Duration.ofMinutes(10));
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.acknowledge(bench.last().getIncident(), "ann")).isTrue();
        assertThat(bench.last().getAcknowledgedBy()).isEqualTo("ann");
        assertThat(bench.last().getNote()).isEqualTo("on it");
        assertThat(bench.escalations())
                .containsExactly("FIRING emergency", "FIRING incident", "RESOLVED emergency", "RESOLVED incident");
        bench.pass(Duration.ofDays(1));
        assertThat(bench.escalations()).hasSize(4);
        bench.resolve("A", CRITICAL);
        assertThat(bench.last().getAcknowledgedBy()).isEqualTo("ann");
    }

    @Test
    void alertThatJoinsAnAcknowledgedIncidentCallsNobody() {
        bench.fire("A", WARNING);
        bench.acknowledge(bench.last().getIncident(), "ann");
        bench.fire("B", CRITICAL);
        bench.pass(Duration.ofDays(1));
        assertThat(bench.changes())
                .containsExactly(
                        "OPENED warning 1 alerts", "ACKNOWLEDGED warning 1 alerts", "ALERT_ADDED critical 2 alerts");
        assertThat(bench.escalations()).isEmpty();
    }

    @Test
    void alertsOfAnEscalationEndWithTheIncidentAndAreNumberedByFingerprint() {
        bench.fire("A", CRITICAL);
        bench.pass(Duration.ofMinutes(10));
        bench.resolve("A", CRITICAL);
        assertThat(bench.escalations()).containsExactly("FIRING emergency", "RESOLVED emergency");
        assertThat(bench.alerts()).extracting(AlertTransition::getSequence).containsExactly(1L, 2L);
        assertThat(bench.alerts().get(1).getFingerprint())
                .isEqualTo(bench.alerts().get(0).getFingerprint());
        assertThat(bench.alerts().get(0).getLabels())
                .containsEntry("incident", bench.last().getIncident())
                .containsEntry("service", "api")
                .containsEntry("severity", "critical");
    }

    @Test
    void acknowledgementOfWhatIsNotThereChangesNothing() {
        assertThat(bench.acknowledge("0000000000000000", "ann")).isFalse();
        bench.fire("A", WARNING);
        bench.resolve("A", WARNING);
        assertThat(bench.acknowledge(bench.last().getIncident(), "ann")).isFalse();
        assertThat(bench.changes()).hasSize(2);
    }

    @Test
    void severerAlertRaisesTheIncidentToItsLevel() {
        bench.fire("A", WARNING);
        bench.pass(MINUTE);
        bench.fire("B", CRITICAL);
        assertThat(bench.last().getLevel()).isEqualTo("critical");
        assertThat(bench.last().getEscalatesAt()).isEqualTo(IncidentBench.NOON.plus(Duration.ofMinutes(11)));
        bench.fire("C", WARNING);
        assertThat(bench.last().getLevel()).isEqualTo("critical");
        assertThat(bench.last().getEscalatesAt()).isEqualTo(IncidentBench.NOON.plus(Duration.ofMinutes(11)));
    }

    @Test
    void sixthSimilarAlertOfAnHourIsHeldBackAndCounted() {
        for (int i = 1; i <= 7; i++) {
            bench.fire("Flaps", WARNING);
            bench.resolve("Flaps", WARNING);
            bench.pass(MINUTE);
        }
        assertThat(bench.changes().stream().filter(change -> change.startsWith("OPENED")))
                .hasSize(5);
        assertThat(bench.changes())
                .endsWith("HELD_BACK warning 1 alerts 1 held back", "HELD_BACK warning 1 alerts 2 held back");
        bench.pass(Duration.ofHours(1));
        bench.fire("Flaps", WARNING);
        assertThat(bench.last().getChange()).hasToString("OPENED");
    }

    @Test
    void incidentTakesAHundredAlertsAndCountsTheOthers() {
        for (int i = 1; i <= Incidents.MOST_ALERTS + 2; i++) {
            bench.fire("A" + i, WARNING);
        }
        assertThat(bench.changes())
                .endsWith(
                        "ALERT_ADDED warning 100 alerts",
                        "HELD_BACK warning 100 alerts 1 held back",
                        "HELD_BACK warning 100 alerts 2 held back");
        bench.resolve("A101", WARNING);
        assertThat(bench.last().getHeldBack()).isEqualTo(2);
        assertThat(bench.last().getChange()).hasToString("HELD_BACK");
    }

    @Test
    void alertOfAnotherServiceIsNotSimilar() {
        for (int i = 1; i <= 6; i++) {
            bench.fire("A", Map.of("service", "s" + i));
        }
        assertThat(bench.changes()).containsOnly("OPENED warning 1 alerts").hasSize(6);
    }

    @Test
    void incidentOfThePastNeverEscalates() {
        bench.fireAt(IncidentBench.NOON.minus(Duration.ofDays(3)), "A", CRITICAL);
        bench.pass(Duration.ofDays(1));
        assertThat(bench.escalations()).isEmpty();
        assertThat(bench.last().getEscalatesAt()).isNull();
    }

    @Test
    void escalationsAreNeverPartOfAnIncident() {
        bench.fire("A", CRITICAL);
        bench.pass(Duration.ofMinutes(10));
        int changes = bench.changes().size();
        bench.read(bench.alerts().get(0));
        assertThat(bench.changes()).hasSize(changes);
    }

    @Test
    void restartForgetsNothing() {
        bench.fire("A", CRITICAL);
        for (int i = 1; i <= 4; i++) {
            bench.fire("Flaps", WARNING);
        }
        bench.restart();
        bench.fire("Flaps", WARNING);
        bench.restart();
        bench.fire("Flaps", WARNING);
        assertThat(bench.last().getHeldBack()).isEqualTo(1);
        bench.pass(Duration.ofMinutes(10));
        bench.restart();
        bench.pass(Duration.ofMinutes(5));
        bench.restart();
        assertThat(bench.acknowledge(bench.last().getIncident(), "ann")).isTrue();
        assertThat(bench.escalations())
                .containsExactly("FIRING emergency", "FIRING incident", "RESOLVED emergency", "RESOLVED incident");
    }

    @Test
    void longOutageClimbsOneLevelAndThenWaits() {
        bench.fire("A", CRITICAL);
        bench.pass(Duration.ofHours(12));
        assertThat(bench.escalations()).containsExactly("FIRING emergency");
        bench.pass(Duration.ofMinutes(4));
        assertThat(bench.escalations()).hasSize(1);
    }

    @Test
    void whatIsOverIsForgotten() {
        bench.fire("A", WARNING);
        bench.resolve("A", WARNING);
        assertThat(bench.journalSize()).isEqualTo(2);
        bench.pass(Duration.ofHours(1).plusMillis(1));
        assertThat(bench.journalSize()).isZero();
    }
}
