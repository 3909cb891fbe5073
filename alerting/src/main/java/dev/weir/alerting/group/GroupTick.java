package dev.weir.alerting.group;

import dev.weir.alerts.AlertTransition;
import java.util.List;

/**
 * What one tick made of a group; each list in the order of the rules.
 *
 * @param recorded what the recording rules wrote, each series at most once
 * @param alertSeries {@code ALERTS} and {@code ALERTS_FOR_STATE} of the alerting rules
 */
public record GroupTick(
        List<RecordedSample> recorded,
        List<RecordedSample> alertSeries,
        List<AlertTransition> transitions,
        List<RuleFailure> failures) {
    public GroupTick {
        recorded = List.copyOf(recorded);
        alertSeries = List.copyOf(alertSeries);
        transitions = List.copyOf(transitions);
        failures = List.copyOf(failures);
    }
}
