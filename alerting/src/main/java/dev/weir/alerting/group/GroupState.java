package dev.weir.alerting.group;

import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.series.Series;
import java.util.Map;
import java.util.Set;

/** What rule groups remember from one tick to the next, under the {@link KeyedRule#key} of each rule. */
public interface GroupState {
    /** The alerts of a rule by fingerprint, those that ended included, as the last tick left them. */
    Map<String, ActiveAlert> alerts(String rule);

    /** Replaces the alerts of a rule; none that were there before is missing. */
    void putAlerts(String rule, Map<String, ActiveAlert> alerts);

    /** The series that a recording rule wrote when it was last evaluated without a failure. */
    Set<Series> recorded(String rule);

    void putRecorded(String rule, Set<Series> series);
}
