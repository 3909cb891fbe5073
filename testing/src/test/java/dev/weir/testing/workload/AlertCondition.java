package dev.weir.testing.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/**
 * One alert of a rule pack, computed from the raw events.
 *
 * @param hold how long the condition must hold before the alert fires
 * @param memory how long after an incident the condition may still see it: the range or the lookback
 */
record AlertCondition(
        String alert, String severity, Duration hold, Duration memory, Query query, DoublePredicate holds) {

    /** The value of each group at an instant. */
    interface Query {
        Map<String, Double> at(EventLog log, Instant end);
    }

    Set<String> groupsThatHold(EventLog log, Instant end) {
        Set<String> groups = new TreeSet<>();
        query.at(log, end).forEach((group, value) -> {
            if (holds.test(value)) {
                groups.add(group);
            }
        });
        return groups;
    }
}
