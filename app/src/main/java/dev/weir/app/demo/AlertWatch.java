package dev.weir.app.demo;

import dev.weir.alerting.incident.Incidents;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Counts transitions of rules' alerts and, once it is told to, prints each as it happens. One thread. */
final class AlertWatch {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final Set<String> fired = new HashSet<>();
    private final Map<String, AlertTransition> firing = new HashMap<>();
    private long firedCount;
    private long resolvedCount;
    private boolean printing;

    AlertWatch(PrintWriter out) {
        this.out = out;
    }

    /** From now on every transition is printed. */
    void print() {
        printing = true;
    }

    void accept(AlertTransition transition) {
        if (Incidents.GROUP.equals(transition.getGroup())) {
            return;
        }
        if (transition.getState() == AlertState.FIRING) {
            firedCount++;
            fired.add(transition.getAlertname());
            firing.put(transition.getFingerprint(), transition);
        } else if (transition.getState() == AlertState.RESOLVED) {
            resolvedCount++;
            firing.remove(transition.getFingerprint());
        }
        if (printing) {
            out.println(line(transition));
            out.flush();
        }
    }

    /** Names of the alerts that have fired. */
    Set<String> fired() {
        return fired;
    }

    /** Names of the alerts that fire now. */
    Set<String> firing() {
        Set<String> names = new HashSet<>();
        firing.values().forEach(transition -> names.add(transition.getAlertname()));
        return names;
    }

    long firedCount() {
        return firedCount;
    }

    long resolvedCount() {
        return resolvedCount;
    }

    private static String line(AlertTransition transition) {
        String reason = transition.getReason() == null ? "" : "(" + transition.getReason() + ")";
        boolean ended = transition.getReason() != null;
        String summary = ended ? "" : transition.getAnnotations().getOrDefault("description", "");
        Double value = transition.getValue();
        return String.format(
                Locale.ROOT,
                "%s  %-8s  %-20s  %s%s  %s",
                TIME.format(transition.getEvaluatedAt()),
                transition.getState(),
                transition.getAlertname(),
                value == null ? "" : "value " + String.format(Locale.ROOT, "%.4g", Objects.requireNonNull(value)),
                reason,
                summary);
    }
}
