package dev.weir.alerting.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * How much rules may come to in an installation. Of a group that the stream divides, all but the text is counted in each
 * partition on its own.
 *
 * @param alerts alerts that one rule has at a time; one with more fails and its alerts stay as they are
 * @param endedAlerts alerts of one rule that ended and are remembered for their sequence numbers; the first that ended go
 * @param series series that one group reads; with more it is not evaluated and its alerts stay as they are
 * @param text characters of a label or annotation once its template is filled in; a rule with a longer one fails
 */
public record RuleBounds(int alerts, int endedAlerts, int series, int text) {
    public static final RuleBounds DEFAULTS = new RuleBounds(10_000, 100_000, 100_000, 16_384);

    /** @throws IllegalArgumentException naming every bound below 1, one a line */
    public RuleBounds {
        List<String> faults = new ArrayList<>();
        require(alerts, "alerts", faults);
        require(endedAlerts, "endedAlerts", faults);
        require(series, "series", faults);
        require(text, "text", faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private static void require(int bound, String name, List<String> faults) {
        if (bound < 1) {
            faults.add(name + " is " + bound + ", must be >= 1");
        }
    }
}
