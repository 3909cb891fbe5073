package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Grouping;
import dev.weir.events.MetricKind;
import java.util.Optional;

/**
 * A selection as its place in the expression uses it.
 *
 * @param combinedTo what a sum directly around {@code rate} or {@code increase} keeps apart: increments and sketches of
 *     series that agree on these labels may be merged before they are evaluated. Empty where series must stay apart
 */
public record Operand(Selection selection, Optional<Grouping> combinedTo) {
    /**
     * True if panes of this kind may be merged. A running total may not, for its resets are its own; nor may a gauge, whose
     * last value is its own.
     */
    public boolean combines(MetricKind kind) {
        return combinedTo.isPresent() && (kind == MetricKind.COUNT || kind == MetricKind.OBSERVATION);
    }
}
