package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.PromDuration;
import java.time.Duration;
import java.util.Optional;

/** Says whether a duration is a whole number of panes: rules see time in steps of one. */
record PaneCheck(Duration pane) {
    PaneCheck {
        if (pane.isNegative() || pane.isZero()) {
            throw new IllegalArgumentException("pane is " + pane + ", must be > 0");
        }
    }

    Optional<String> fault(String what, Duration duration) {
        return duration.toMillis() % pane.toMillis() == 0
                ? Optional.empty()
                : Optional.of(what + " is " + PromDuration.format(duration) + ", must be a multiple of the pane, "
                        + PromDuration.format(pane));
    }
}
