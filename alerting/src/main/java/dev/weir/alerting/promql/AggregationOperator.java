package dev.weir.alerting.promql;

import java.util.Locale;
import java.util.Optional;

/** Aggregation over the series of an instant vector. */
public enum AggregationOperator {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    GROUP,
    STDDEV,
    STDVAR,
    TOPK,
    BOTTOMK,
    QUANTILE,
    COUNT_VALUES;

    static Optional<AggregationOperator> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (AggregationOperator operator : values()) {
            if (operator.symbol().equals(lower)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of the parameter before the vector; empty for those that take none. */
    public Optional<ValueType> parameter() {
        return switch (this) {
            case TOPK, BOTTOMK, QUANTILE -> Optional.of(ValueType.SCALAR);
            case COUNT_VALUES -> Optional.of(ValueType.STRING);
            case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR -> Optional.empty();
        };
    }
}
