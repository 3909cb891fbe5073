package dev.weir.alerting.incident;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert of an incident.
 *
 * @param firedAtMs the tick at which it last began to fire
 */
record MemberAlert(String fingerprint, SortedMap<String, String> labels, long firedAtMs, boolean firing) {
    MemberAlert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    MemberAlert ended() {
        return new MemberAlert(fingerprint, labels, firedAtMs, false);
    }
}
