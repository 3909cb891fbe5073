package dev.weir.alerting.incident;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.alerts.ResolveReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Incidents over a journal in memory, with a clock to move, and what came out of them. */
final class IncidentBench implements IncidentOutput {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final IncidentPolicy policy;
    private final Map<String, byte[]> journal = new HashMap<>();
    private final List<Incident> history = new ArrayList<>();
    private final List<AlertTransition> alerts = new ArrayList<>();
    private Incidents incidents;
    private Instant now = NOON;
    private long sequence;

    IncidentBench(IncidentPolicy policy) {
        this.policy = policy;
        this.incidents = restarted();
    }

    /** As after a crash: nothing is left but the journal. */
    void restart() {
        incidents = restarted();
    }

    void pass(Duration time) {
        now = now.plus(time);
        incidents.advance(now);
    }

    void fire(String name, Map<String, String> labels) {
        fireAt(now, name, labels);
    }

    void fireAt(Instant tick, String name, Map<String, String> labels) {
        incidents.alert(transition(AlertState.FIRING, tick, name, labels), now);
    }

    void resolve(String name, Map<String, String> labels) {
        incidents.alert(transition(AlertState.RESOLVED, now, name, labels), now);
    }

    void read(AlertTransition transition) {
        incidents.alert(transition, now);
    }

    boolean acknowledge(String incident, String by) {
        return incidents.acknowledge(new Acknowledgement(incident, by, "on it", now.toEpochMilli()), now);
    }

    /** {@code OPENED warning 1 alerts}, one a change, in order. */
    List<String> changes() {
        return history.stream()
                .map(change -> change.getChange() + " " + change.getLevel() + " "
                        + change.getAlerts().size() + " alerts"
                        + (change.getHeldBack() > 0 ? " " + change.getHeldBack() + " held back" : ""))
                .toList();
    }

    List<Incident> history() {
        return history;
    }

    Incident last() {
        return history.get(history.size() - 1);
    }

    /** {@code FIRING emergency}, one a transition, in order. */
    List<String> escalations() {
        return alerts.stream()
                .map(alert -> alert.getState() + " " + alert.getLabels().get("escalation"))
                .toList();
    }

    List<AlertTransition> alerts() {
        return alerts;
    }

    int journalSize() {
        return journal.size();
    }

    @Override
    public void changed(Incident incident) {
        history.add(incident);
    }

    @Override
    public void alert(AlertTransition transition) {
        alerts.add(transition);
    }

    private Incidents restarted() {
        IncidentState state = new IncidentState((key, value) -> {
            if (value == null) {
                journal.remove(key);
            } else {
                journal.put(key, value);
            }
        });
        new TreeMap<>(journal).forEach(state::restore);
        return new Incidents(policy, state, this);
    }

    private AlertTransition transition(AlertState alertState, Instant tick, String name, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put("alertname", name);
        boolean fires = alertState == AlertState.FIRING;
        return AlertTransition.newBuilder()
                .setFingerprint(all.toString())
                .setSequence(++sequence)
                .setAlertname(name)
                .setGroup("test.yml/test")
                .setState(alertState)
                .setReason(fires ? null : ResolveReason.CLEARED)
                .setLabels(all)
                .setAnnotations(Map.of())
                .setEvaluatedAt(tick)
                .setActiveAt(tick)
                .setStartsAt(tick)
                .setEndsAt(fires ? null : tick)
                .setExpression("up == 0")
                .setRuleVersion("0000000000000000")
                .build();
    }
}
