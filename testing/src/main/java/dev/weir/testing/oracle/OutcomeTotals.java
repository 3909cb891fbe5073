package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each outcome adds up to, exactly: the increments of a COUNT, the events of any other kind. */
final class OutcomeTotals {
    private final Map<Outcome, BigDecimal> totals = new EnumMap<>(Outcome.class);

    OutcomeTotals(MetricKind kind, Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            Outcome outcome = samples.outcome(i);
            if (outcome != null) {
                BigDecimal weight = kind == MetricKind.COUNT ? new BigDecimal(samples.value(i)) : BigDecimal.ONE;
                totals.merge(outcome, weight, BigDecimal::add);
            }
        }
    }

    /** The total, rounded once to a double and then down to a whole number. */
    long count(Outcome outcome) {
        return (long) Math.floor(total(outcome).doubleValue());
    }

    /** {@code part / (part + other)}, or null where that is 0 / 0. */
    @Nullable
    Double ratio(Outcome part, Outcome other) {
        BigDecimal whole = total(part).add(total(other));
        return whole.signum() == 0
                ? null
                : (Double) total(part).divide(whole, MathContext.DECIMAL128).doubleValue();
    }

    private BigDecimal total(Outcome outcome) {
        return totals.getOrDefault(outcome, BigDecimal.ZERO);
    }
}
