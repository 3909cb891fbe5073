package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Position;
import dev.weir.alerting.promql.PromDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

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

    /** Tells the place and the fault of each range and offset of an expression that is none. */
    void check(Expr expr, BiConsumer<Position, String> faults) {
        expr.forEach(part -> {
            if (part instanceof Expr.RangeSelector range) {
                fault("range", range.range()).ifPresent(fault -> faults.accept(range.position(), fault));
            } else if (part instanceof Expr.VectorSelector selector) {
                fault("offset", selector.offset()).ifPresent(fault -> faults.accept(selector.position(), fault));
            }
        });
    }
}
