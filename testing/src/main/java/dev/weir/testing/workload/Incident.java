package dev.weir.testing.workload;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A time of trouble in a scenario, and the alerts it must raise.
 *
 * @param what what goes wrong, for people
 * @param alerts names of the alerts of the scenario's rule pack that fire because of it and resolve after it
 * @param start when it begins, from the start of the workload
 * @param end when it is over, from the start of the workload: {@code [start, end)}
 * @param disturbances what it does to which series
 */
public record Incident(String what, Set<String> alerts, Duration start, Duration end, List<Disturbance> disturbances) {
    public Incident {
        Require.interval("incident '" + what + "'", start, end);
        alerts = Set.copyOf(alerts);
        disturbances = List.copyOf(disturbances);
    }
}
