package dev.weir.topology.rule;

import dev.weir.alerting.lifecycle.ActiveAlert;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The alerts of all rules of a partition: (rule, fingerprint) → alert, in memory and written through to a changelogged
 * store. Alerts that ended stay, for their sequence numbers. One thread.
 */
final class AlertStore {
    private static final char SEPARATOR = '\0';

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Map<String, ActiveAlert>> byRule = new HashMap<>();

    AlertStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<String, byte[]> stored = store.all()) {
            stored.forEachRemaining(entry -> {
                String rule = entry.key.substring(0, entry.key.lastIndexOf(SEPARATOR));
                ActiveAlert alert = ActiveAlert.decode(entry.value);
                alertsOf(rule).put(alert.fingerprint(), alert);
            });
        }
    }

    /** The alerts of a rule by fingerprint, as the last tick left them. */
    Map<String, ActiveAlert> get(String rule) {
        return alertsOf(rule);
    }

    void put(String rule, Map<String, ActiveAlert> alerts) {
        Map<String, ActiveAlert> before = alertsOf(rule);
        alerts.forEach((fingerprint, alert) -> {
            if (!alert.equals(before.put(fingerprint, alert))) {
                store.put(rule + SEPARATOR + fingerprint, alert.encode());
            }
        });
    }

    private Map<String, ActiveAlert> alertsOf(String rule) {
        return byRule.computeIfAbsent(rule, absent -> new HashMap<>());
    }
}
