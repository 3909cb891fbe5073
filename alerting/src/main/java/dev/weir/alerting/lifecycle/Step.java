package dev.weir.alerting.lifecycle;

import dev.weir.alerts.AlertTransition;
import java.util.List;
import java.util.Map;

/**
 * What a tick made of the alerts of a rule.
 *
 * @param alerts all of them by fingerprint, closed ones included; none of those before is missing
 * @param transitions in the order of the fingerprints
 */
public record Step(Map<String, ActiveAlert> alerts, List<AlertTransition> transitions) {
    public Step {
        alerts = Map.copyOf(alerts);
        transitions = List.copyOf(transitions);
    }

    /** How many have not ended. */
    public int living() {
        return (int) alerts.values().stream()
                .filter(alert -> alert.phase() != Phase.CLOSED)
                .count();
    }
}
