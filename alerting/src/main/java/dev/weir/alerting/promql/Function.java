package dev.weir.alerting.promql;

import static dev.weir.alerting.promql.ValueType.INSTANT_VECTOR;
import static dev.weir.alerting.promql.ValueType.RANGE_VECTOR;
import static dev.weir.alerting.promql.ValueType.SCALAR;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Function that expressions may call, with the types of its arguments; each gives an instant vector. */
public enum Function {
    RATE,
    INCREASE,
    AVG_OVER_TIME,
    MIN_OVER_TIME,
    MAX_OVER_TIME,
    SUM_OVER_TIME,
    COUNT_OVER_TIME,
    HISTOGRAM_QUANTILE,
    ABSENT;

    static Optional<Function> named(String name) {
        for (Function function : values()) {
            if (function.symbol().equals(name)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<ValueType> parameters() {
        return switch (this) {
            case RATE, INCREASE, AVG_OVER_TIME, MIN_OVER_TIME, MAX_OVER_TIME, SUM_OVER_TIME, COUNT_OVER_TIME ->
                List.of(RANGE_VECTOR);
            case HISTOGRAM_QUANTILE -> List.of(SCALAR, INSTANT_VECTOR);
            case ABSENT -> List.of(INSTANT_VECTOR);
        };
    }
}
