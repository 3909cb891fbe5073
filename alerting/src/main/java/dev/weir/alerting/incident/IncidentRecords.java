package dev.weir.alerting.incident;

import dev.weir.alerting.fingerprint.Fnv64;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.alerts.IncidentAlert;
import dev.weir.alerts.IncidentChange;
import dev.weir.alerts.ResolveReason;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes incidents as records for their topic, and escalations as alerts. */
record IncidentRecords(IncidentPolicy policy) {
    static final String ALERT_NAME = "IncidentEscalated";
    private static final String NO_RULE = "0000000000000000";

    Incident changed(OpenIncident incident, IncidentChange change, Instant now) {
        return Incident.newBuilder()
                .setIncident(incident.id())
                .setSequence(incident.sequence())
                .setChange(change)
                .setChangedAt(now)
                .setOpenedAt(Instant.ofEpochMilli(incident.openedAtMs()))
                .setLevel(policy.level(incident.level()).name())
                .setEscalatesAt(instant(incident.escalatesAtMs()))
                .setAlerts(
                        incident.alerts().stream().map(IncidentRecords::alert).toList())
                .setHeldBack(incident.heldBack())
                .setAcknowledgedBy(incident.acknowledgedBy())
                .setAcknowledgedAt(instant(incident.acknowledgedAtMs()))
                .setNote(incident.note())
                .build();
    }

    /** The alert that tells of a level fires: the first transition of its fingerprint. */
    AlertTransition escalated(OpenIncident incident, String level, Instant now) {
        return transition(incident, level, now)
                .setSequence(1)
                .setState(AlertState.FIRING)
                .setReason(null)
                .setEndsAt(null)
                .build();
    }

    /** It ends, since somebody acknowledged the incident or its alerts ended: the second and last. */
    AlertTransition settled(OpenIncident incident, String level, ResolveReason reason, Instant now) {
        return transition(incident, level, now)
                .setSequence(2)
                .setState(AlertState.RESOLVED)
                .setReason(reason)
                .setEndsAt(now)
                .build();
    }

    private AlertTransition.Builder transition(OpenIncident incident, String level, Instant now) {
        SortedMap<String, String> labels = commonLabels(incident);
        labels.put("alertname", ALERT_NAME);
        labels.put("incident", incident.id());
        labels.put("escalation", level);
        labels.put("severity", "critical");
        Fnv64 fingerprint = new Fnv64();
        labels.forEach((name, value) -> fingerprint.add(name).add(value));
        return AlertTransition.newBuilder()
                .setFingerprint(fingerprint.hex())
                .setAlertname(ALERT_NAME)
                .setGroup(Incidents.GROUP)
                .setLabels(labels)
                .setAnnotations(annotations(incident, level))
                .setEvaluatedAt(now)
                .setActiveAt(Instant.ofEpochMilli(incident.openedAtMs()))
                .setStartsAt(now)
                .setExpression("")
                .setRuleVersion(NO_RULE);
    }

    /** Labels of the first alert by which the others are related to it: they never change while the incident lasts. */
    private SortedMap<String, String> commonLabels(OpenIncident incident) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (String name : policy.sameLabels()) {
            String value = incident.alerts().get(0).labels().get(name);
            if (value != null) {
                labels.put(name, value);
            }
        }
        return labels;
    }

    private static Map<String, String> annotations(OpenIncident incident, String level) {
        String names = incident.alerts().stream()
                .filter(MemberAlert::firing)
                .map(alert -> alert.labels().getOrDefault("alertname", alert.fingerprint()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("summary", "Nobody has acknowledged incident " + incident.id() + ": it is now " + level);
        annotations.put(
                "description",
                incident.alerts().size() + " alerts, " + incident.heldBack() + " more held back. Firing: " + names
                        + ". Acknowledge: weir ack " + incident.id());
        return annotations;
    }

    private static IncidentAlert alert(MemberAlert alert) {
        return IncidentAlert.newBuilder()
                .setFingerprint(alert.fingerprint())
                .setLabels(alert.labels())
                .setFiredAt(Instant.ofEpochMilli(alert.firedAtMs()))
                .setFiring(alert.firing())
                .build();
    }

    private static @Nullable Instant instant(@Nullable Long timeMs) {
        return timeMs == null ? null : Instant.ofEpochMilli(timeMs);
    }
}
