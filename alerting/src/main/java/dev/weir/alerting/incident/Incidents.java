package dev.weir.alerting.incident;

import dev.weir.alerting.fingerprint.Fnv64;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.IncidentChange;
import dev.weir.alerts.ResolveReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State machine of incidents: alerts that belong together, and who must be told when nobody takes care of them.
 *
 * <p>A firing alert joins an incident of which a related alert began to fire within the related window, else it opens one;
 * an incident ends with its last firing alert. What is similar and related is judged by event time, so a replay groups
 * alike. The levels are climbed by the wall clock, from the moment at which Weir knew of the alert: in a replay an incident
 * ends before anybody is called, and after an outage nobody is called at once on all levels.
 *
 * <p>An alert that is one similar one too many opens and joins nothing: it is counted on the incident that the last one
 * let through went into, even if that has ended.
 *
 * <p>An escalation is told by an alert that fires until the incident is acknowledged or ends. One thread.
 */
public final class Incidents {
    /** An alert of an older tick belongs to the past: it opens an incident that never escalates. */
    static final Duration PAST = Duration.ofHours(1);

    /**
     * Further alerts of an incident are counted as held back: with the longest labels that events may have, its record still
     * is one that Kafka takes.
     */
    static final int MOST_ALERTS = 100;

    /** Group of the alerts of escalations, which are never part of an incident. */
    public static final String GROUP = "weir/incidents";

    private final IncidentPolicy policy;
    private final IncidentState state;
    private final IncidentRecords records;
    private final IncidentOutput output;

    public Incidents(IncidentPolicy policy, IncidentState state, IncidentOutput output) {
        this.policy = policy;
        this.state = state;
        this.records = new IncidentRecords(policy);
        this.output = output;
    }

    /** A transition of an alert, read at {@code now}. */
    public void alert(AlertTransition transition, Instant now) {
        if (GROUP.equals(transition.getGroup())) {
            return;
        }
        if (transition.getState() == AlertState.FIRING) {
            fired(transition, now);
        } else if (transition.getState() == AlertState.RESOLVED) {
            String fingerprint = transition.getFingerprint();
            lasting(fingerprint)
                    .filter(incident -> incident.alert(fingerprint)
                            .filter(MemberAlert::firing)
                            .isPresent())
                    .ifPresent(incident -> ended(incident, fingerprint, now));
        }
    }

    /** Stops the escalation; false if there is no such incident or it has ended. */
    public boolean acknowledge(Acknowledgement by, Instant now) {
        Optional<OpenIncident> found = state.incident(by.incident()).filter(OpenIncident::lasts);
        found.ifPresent(incident -> {
            OpenIncident acknowledged = incident.acknowledged(by.by(), by.atMs(), by.note());
            change(settle(acknowledged, ResolveReason.OTHER, now), IncidentChange.ACKNOWLEDGED, now);
        });
        return found.isPresent();
    }

    /** Climbs the levels whose time has come, one at a time, and forgets what is over. */
    public void advance(Instant now) {
        for (OpenIncident incident : state.incidents()) {
            Long escalatesAtMs = incident.escalatesAtMs();
            if (escalatesAtMs != null && escalatesAtMs <= now.toEpochMilli()) {
                escalate(incident, Math.min(incident.level() + 1, policy.highest()), now);
            }
        }
        state.forgetBefore(now.minus(policy.similarWindow()).toEpochMilli());
    }

    private void fired(AlertTransition transition, Instant now) {
        Optional<OpenIncident> again = lasting(transition.getFingerprint());
        String key = similarKey(transition);
        SimilarAlerts similar = state.similar(key);
        long tickMs = transition.getEvaluatedAt().toEpochMilli();
        if (similar.isEnough(tickMs, policy)) {
            Optional<OpenIncident> last = again.or(() -> state.incident(similar.incident()));
            if (last.isPresent()) {
                change(last.get().holdingBackOneMore(), IncidentChange.HELD_BACK, now);
                return;
            }
        }
        Optional<OpenIncident> joined = again.or(() -> related(transition));
        if (joined.isPresent() && joined.get().alerts().size() >= MOST_ALERTS && again.isEmpty()) {
            change(joined.get().holdingBackOneMore(), IncidentChange.HELD_BACK, now);
            return;
        }
        OpenIncident incident = joined.isPresent() ? add(joined.get(), transition, now) : open(transition, now);
        state.put(key, similar.with(tickMs, incident.id(), now.toEpochMilli(), policy));
    }

    private OpenIncident open(AlertTransition transition, Instant now) {
        int level = level(transition);
        String id = new Fnv64()
                .add(transition.getFingerprint())
                .add(Long.toString(transition.getSequence()))
                .hex();
        OpenIncident opened = OpenIncident.opened(
                id, now.toEpochMilli(), level, deadline(level, transition, now), member(transition));
        state.put(opened);
        output.changed(records.changed(opened, IncidentChange.OPENED, now));
        return opened;
    }

    private OpenIncident add(OpenIncident incident, AlertTransition transition, Instant now) {
        OpenIncident added = incident.with(member(transition));
        int level = level(transition);
        if (added.acknowledged()) {
            added = added.at(Math.max(level, added.level()), null);
        } else if (level > added.level() || added.escalatesAtMs() == null) {
            int reached = Math.max(level, added.level());
            added = added.at(reached, deadline(reached, transition, now));
        }
        return change(added, IncidentChange.ALERT_ADDED, now);
    }

    private void ended(OpenIncident incident, String fingerprint, Instant now) {
        OpenIncident ended = incident.alert(fingerprint)
                .map(alert -> incident.with(alert.ended()))
                .orElse(incident);
        if (ended.fires()) {
            change(ended, IncidentChange.ALERT_RESOLVED, now);
        } else {
            OpenIncident resolved = ended.resolved(now.toEpochMilli());
            change(settle(resolved, ResolveReason.CLEARED, now), IncidentChange.RESOLVED, now);
        }
    }

    private void escalate(OpenIncident incident, int level, Instant now) {
        EscalationLevel reached = policy.level(level);
        Long nextMs =
                reached.after().map(after -> now.plus(after).toEpochMilli()).orElse(null);
        OpenIncident escalated = incident.at(level, nextMs).telling(reached.name());
        change(escalated, IncidentChange.ESCALATED, now);
        output.alert(records.escalated(escalated, reached.name(), now));
    }

    /** Ends the alerts by which people were told. */
    private OpenIncident settle(OpenIncident incident, ResolveReason reason, Instant now) {
        incident.told().forEach(level -> output.alert(records.settled(incident, level, reason, now)));
        return incident.tellingNothing();
    }

    private OpenIncident change(OpenIncident changed, IncidentChange change, Instant now) {
        OpenIncident next = changed.next();
        state.put(next);
        output.changed(records.changed(next, change, now));
        return next;
    }

    /** The incident that lasts and holds the alert, whether that fires or has ended. */
    private Optional<OpenIncident> lasting(String fingerprint) {
        return state.incidents().stream()
                .filter(OpenIncident::lasts)
                .filter(incident -> incident.alert(fingerprint).isPresent())
                .findFirst();
    }

    /** Of several the one whose related alert fired last. */
    private Optional<OpenIncident> related(AlertTransition transition) {
        return state.incidents().stream()
                .filter(OpenIncident::lasts)
                .filter(incident -> lastRelatedMs(incident, transition) != Long.MIN_VALUE)
                .max(Comparator.comparingLong(incident -> lastRelatedMs(incident, transition)));
    }

    /** When the last related alert fired within the window; {@link Long#MIN_VALUE} if none did. */
    private long lastRelatedMs(OpenIncident incident, AlertTransition transition) {
        long tickMs = transition.getEvaluatedAt().toEpochMilli();
        return incident.alerts().stream()
                .filter(alert -> Math.abs(tickMs - alert.firedAtMs())
                        <= policy.relatedWindow().toMillis())
                .filter(alert -> policy.related(alert.labels(), transition.getLabels()))
                .mapToLong(MemberAlert::firedAtMs)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private int level(AlertTransition transition) {
        return policy.levelOf(transition.getLabels().getOrDefault("severity", ""));
    }

    private @Nullable Long deadline(int level, AlertTransition transition, Instant now) {
        if (transition.getEvaluatedAt().plus(PAST).isBefore(now)) {
            return null;
        }
        return policy.level(level)
                .after()
                .map(after -> now.plus(after).toEpochMilli())
                .orElse(null);
    }

    private String similarKey(AlertTransition transition) {
        Fnv64 key = new Fnv64().add(transition.getAlertname());
        policy.similarLabels().forEach(label -> key.add(transition.getLabels().getOrDefault(label, "")));
        return key.hex();
    }

    private static MemberAlert member(AlertTransition transition) {
        return new MemberAlert(
                transition.getFingerprint(),
                new TreeMap<>(transition.getLabels()),
                transition.getEvaluatedAt().toEpochMilli(),
                true);
    }
}
