package dev.weir.notify;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Transitions of alerts as the rule stage writes them; an alert is known by its name. */
final class Transitions {
    private Transitions() {}

    static AlertTransition firing(String name, Instant tick) {
        return firing(name, fingerprint(name), tick);
    }

    static AlertTransition firing(String name, String fingerprint, Instant tick) {
        return of(name, AlertState.FIRING, tick)
                .setFingerprint(fingerprint)
                .setStartsAt(tick)
                .build();
    }

    static AlertTransition resolved(String name, Instant startsAt, Instant tick) {
        return resolved(name, fingerprint(name), startsAt, tick);
    }

    static AlertTransition resolved(String name, String fingerprint, Instant startsAt, Instant tick) {
        return of(name, AlertState.RESOLVED, tick)
                .setFingerprint(fingerprint)
                .setReason(ResolveReason.CLEARED)
                .setSequence(2)
                .setStartsAt(startsAt)
                .setEndsAt(tick)
                .build();
    }

    static AlertTransition pending(String name, Instant tick) {
        return of(name, AlertState.PENDING, tick).build();
    }

    static AlertTransition inactive(String name, Instant tick) {
        return of(name, AlertState.INACTIVE, tick)
                .setReason(ResolveReason.CLEARED)
                .build();
    }

    private static String fingerprint(String name) {
        return "fingerprint of " + name;
    }

    private static AlertTransition.Builder of(String name, AlertState state, Instant tick) {
        return AlertTransition.newBuilder()
                .setFingerprint(fingerprint(name))
                .setSequence(1)
                .setAlertname(name)
                .setGroup("test.yml/test")
                .setState(state)
                .setLabels(new TreeMap<>(Map.of("alertname", name, "service", "api")))
                .setAnnotations(new TreeMap<>(Map.of("summary", name + " is high")))
                .setEvaluatedAt(tick)
                .setActiveAt(tick)
                .setExpression("rate(errors_total[5m]) > 0.5")
                .setRuleVersion("0000000000000000");
    }
}
