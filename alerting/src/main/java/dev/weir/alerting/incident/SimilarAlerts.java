package dev.weir.alerting.incident;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest of some similar alerts that were let through.
 *
 * @param firedAtMs their ticks, no more than are let through within the window
 * @param incident the incident that the last of them went into
 * @param seenAtMs wall clock of the last
 */
record SimilarAlerts(List<Long> firedAtMs, String incident, long seenAtMs) {
    static final SimilarAlerts NONE = new SimilarAlerts(List.of(), "", 0);

    SimilarAlerts {
        firedAtMs = List.copyOf(firedAtMs);
    }

    /** Whether one that fires now is one too many. */
    boolean isEnough(long tickMs, IncidentPolicy policy) {
        long sinceMs = tickMs - policy.similarWindow().toMillis();
        return firedAtMs.stream().filter(firedMs -> firedMs > sinceMs).count() >= policy.mostSimilar();
    }

    SimilarAlerts with(long tickMs, String newIncident, long nowMs, IncidentPolicy policy) {
        List<Long> latest = new ArrayList<>(firedAtMs);
        latest.add(tickMs);
        latest.sort(null);
        int surplus = latest.size() - policy.mostSimilar();
        return new SimilarAlerts(latest.subList(Math.max(0, surplus), latest.size()), newIncident, nowMs);
    }
}
