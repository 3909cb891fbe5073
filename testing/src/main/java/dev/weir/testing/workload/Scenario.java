package dev.weir.testing.workload;

import java.time.Duration;
import java.util.List;

/**
 * The traffic of one monitored system: its series and the incidents that happen to it.
 *
 * @param name the system, which is also the name of its rule pack
 * @param incidents relative to the start of the workload; two that hit the same series do not overlap
 */
public record Scenario(String name, List<SeriesModel> series, List<Incident> incidents) {
    /** The history in which each incident of the five systems begins, raises its alerts and is over. */
    public static final Duration HISTORY = Duration.ofHours(3);

    public Scenario {
        series = List.copyOf(series);
        incidents = List.copyOf(incidents);
    }
}
