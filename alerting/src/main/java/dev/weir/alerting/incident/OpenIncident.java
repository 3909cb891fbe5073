package dev.weir.alerting.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one incident.
 *
 * @param level index of the escalation level reached
 * @param escalatesAtMs wall clock of the next level; null if none will be reached
 * @param told names of the levels whose escalation people have been told of, by an alert that fires
 * @param resolvedAtMs wall clock of its end; null while it lasts
 */
record OpenIncident(
        String id,
        long sequence,
        long openedAtMs,
        int level,
        @Nullable Long escalatesAtMs,
        List<MemberAlert> alerts,
        long heldBack,
        @Nullable String acknowledgedBy,
        @Nullable Long acknowledgedAtMs,
        @Nullable String note,
        List<String> told,
        @Nullable Long resolvedAtMs) {
    OpenIncident {
        alerts = List.copyOf(alerts);
        told = List.copyOf(told);
    }

    static OpenIncident opened(String id, long nowMs, int level, @Nullable Long escalatesAtMs, MemberAlert first) {
        return new OpenIncident(
                id, 1, nowMs, level, escalatesAtMs, List.of(first), 0, null, null, null, List.of(), null);
    }

    boolean lasts() {
        return resolvedAtMs == null;
    }

    boolean acknowledged() {
        return acknowledgedBy != null;
    }

    boolean fires() {
        return alerts.stream().anyMatch(MemberAlert::firing);
    }

    Optional<MemberAlert> alert(String fingerprint) {
        return alerts.stream()
                .filter(alert -> alert.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** With the alert in the place of the one of its fingerprint, or at the end. */
    OpenIncident with(MemberAlert alert) {
        List<MemberAlert> changed = new ArrayList<>(alerts);
        changed.replaceAll(each -> each.fingerprint().equals(alert.fingerprint()) ? alert : each);
        if (!changed.contains(alert)) {
            changed.add(alert);
        }
        return copy(level, escalatesAtMs, changed, heldBack, told, resolvedAtMs);
    }

    OpenIncident at(int newLevel, @Nullable Long newEscalatesAtMs) {
        return copy(newLevel, newEscalatesAtMs, alerts, heldBack, told, resolvedAtMs);
    }

    OpenIncident telling(String levelName) {
        List<String> more = new ArrayList<>(told);
        more.add(levelName);
        return copy(level, escalatesAtMs, alerts, heldBack, more, resolvedAtMs);
    }

    OpenIncident tellingNothing() {
        return copy(level, escalatesAtMs, alerts, heldBack, List.of(), resolvedAtMs);
    }

    OpenIncident holdingBackOneMore() {
        return copy(level, escalatesAtMs, alerts, heldBack + 1, told, resolvedAtMs);
    }

    OpenIncident resolved(long nowMs) {
        return copy(level, null, alerts, heldBack, told, nowMs);
    }

    OpenIncident acknowledged(String by, long atMs, @Nullable String newNote) {
        return new OpenIncident(
                id, sequence, openedAtMs, level, null, alerts, heldBack, by, atMs, newNote, told, resolvedAtMs);
    }

    OpenIncident next() {
        return new OpenIncident(
                id,
                sequence + 1,
                openedAtMs,
                level,
                escalatesAtMs,
                alerts,
                heldBack,
                acknowledgedBy,
                acknowledgedAtMs,
                note,
                told,
                resolvedAtMs);
    }

    private OpenIncident copy(
            int newLevel,
            @Nullable Long newEscalatesAtMs,
            List<MemberAlert> newAlerts,
            long newHeldBack,
            List<String> newTold,
            @Nullable Long newResolvedAtMs) {
        return new OpenIncident(
                id,
                sequence,
                openedAtMs,
                newLevel,
                newEscalatesAtMs,
                newAlerts,
                newHeldBack,
                acknowledgedBy,
                acknowledgedAtMs,
                note,
                newTold,
                newResolvedAtMs);
    }
}
