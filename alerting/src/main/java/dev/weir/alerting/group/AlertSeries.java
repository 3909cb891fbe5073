package dev.weir.alerting.group;

import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.series.Series;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series that Prometheus writes about the alerts themselves: {@code ALERTS}, 1 while an alert is pending or firing, as
 * its label {@code alertstate} says, and {@code ALERTS_FOR_STATE}, the second since which its condition holds.
 */
final class AlertSeries {
    private static final String ALERTS = "ALERTS";
    private static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";
    private static final String ALERT_STATE = "alertstate";

    private AlertSeries() {}

    static Map<Series, Double> of(Collection<ActiveAlert> alerts) {
        Map<Series, Double> values = new LinkedHashMap<>();
        for (ActiveAlert alert : alerts) {
            if (alert.phase() != Phase.CLOSED) {
                SortedMap<String, String> labels = new TreeMap<>(alert.labels());
                values.put(
                        RecordedSeries.of(ALERTS_FOR_STATE, labels), (double) Math.floorDiv(alert.activeAtMs(), 1000L));
                labels.put(ALERT_STATE, alert.phase().name().toLowerCase(Locale.ROOT));
                values.put(RecordedSeries.of(ALERTS, labels), 1.0);
            }
        }
        return values;
    }
}
