package dev.weir.alerting.group;

import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.series.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** State of rule groups in memory. One thread. */
public final class MemoryState implements GroupState {
    private final Map<String, Map<String, ActiveAlert>> alerts = new HashMap<>();
    private final Map<String, Set<Series>> recorded = new HashMap<>();

    @Override
    public Map<String, ActiveAlert> alerts(String rule) {
        return alerts.getOrDefault(rule, Map.of());
    }

    @Override
    public void putAlerts(String rule, Map<String, ActiveAlert> next) {
        alerts.put(rule, Map.copyOf(next));
    }

    @Override
    public Set<Series> recorded(String rule) {
        return recorded.getOrDefault(rule, Set.of());
    }

    @Override
    public void putRecorded(String rule, Set<Series> series) {
        recorded.put(rule, Set.copyOf(series));
    }
}
