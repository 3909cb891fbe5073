package dev.weir.alerting.promql;

import java.util.Locale;
import java.util.Optional;

/** Aggregation over the series of an instant vector. */
public enum AggregationOperator {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT;

    static Optional<AggregationOperator> named(String name) {
        for (AggregationOperator operator : values()) {
            if (operator.symbol().equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
