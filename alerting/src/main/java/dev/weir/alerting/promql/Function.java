package dev.weir.alerting.promql;

import static dev.weir.alerting.promql.ValueType.INSTANT_VECTOR;
import static dev.weir.alerting.promql.ValueType.RANGE_VECTOR;
import static dev.weir.alerting.promql.ValueType.STRING;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Function that expressions may call: those of Prometheus 2.42 but for native histograms. */
public enum Function {
    ABS(INSTANT_VECTOR),
    ABSENT(INSTANT_VECTOR),
    ABSENT_OVER_TIME(RANGE_VECTOR),
    ACOS(INSTANT_VECTOR),
    ACOSH(INSTANT_VECTOR),
    ASIN(INSTANT_VECTOR),
    ASINH(INSTANT_VECTOR),
    ATAN(INSTANT_VECTOR),
    ATANH(INSTANT_VECTOR),
    AVG_OVER_TIME(RANGE_VECTOR),
    CEIL(INSTANT_VECTOR),
    CHANGES(RANGE_VECTOR),
    CLAMP(INSTANT_VECTOR, ValueType.SCALAR, ValueType.SCALAR),
    CLAMP_MAX(INSTANT_VECTOR, ValueType.SCALAR),
    CLAMP_MIN(INSTANT_VECTOR, ValueType.SCALAR),
    COS(INSTANT_VECTOR),
    COSH(INSTANT_VECTOR),
    COUNT_OVER_TIME(RANGE_VECTOR),
    DAYS_IN_MONTH(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    DAY_OF_MONTH(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    DAY_OF_WEEK(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    DAY_OF_YEAR(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    DEG(INSTANT_VECTOR),
    DELTA(RANGE_VECTOR),
    DERIV(RANGE_VECTOR),
    EXP(INSTANT_VECTOR),
    FLOOR(INSTANT_VECTOR),
    HISTOGRAM_QUANTILE(ValueType.SCALAR, INSTANT_VECTOR),
    HOLT_WINTERS(RANGE_VECTOR, ValueType.SCALAR, ValueType.SCALAR),
    HOUR(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    IDELTA(RANGE_VECTOR),
    INCREASE(RANGE_VECTOR),
    IRATE(RANGE_VECTOR),
    LABEL_JOIN(Arity.LAST_REPEATED, INSTANT_VECTOR, STRING, STRING, STRING),
    LABEL_REPLACE(INSTANT_VECTOR, STRING, STRING, STRING, STRING),
    LAST_OVER_TIME(RANGE_VECTOR),
    LN(INSTANT_VECTOR),
    LOG10(INSTANT_VECTOR),
    LOG2(INSTANT_VECTOR),
    MAX_OVER_TIME(RANGE_VECTOR),
    MINUTE(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    MIN_OVER_TIME(RANGE_VECTOR),
    MONTH(Arity.LAST_OPTIONAL, INSTANT_VECTOR),
    PI(),
    PREDICT_LINEAR(RANGE_VECTOR, ValueType.SCALAR),
    PRESENT_OVER_TIME(RANGE_VECTOR),
    QUANTILE_OVER_TIME(ValueType.SCALAR, RANGE_VECTOR),
    RAD(INSTANT_VECTOR),
    RATE(RANGE_VECTOR),
    RESETS(RANGE_VECTOR),
    ROUND(Arity.LAST_OPTIONAL, INSTANT_VECTOR, ValueType.SCALAR),
    SCALAR(INSTANT_VECTOR),
    SGN(INSTANT_VECTOR),
    SIN(INSTANT_VECTOR),
    SINH(INSTANT_VECTOR),
    SORT(INSTANT_VECTOR),
    SORT_DESC(INSTANT_VECTOR),
    SQRT(INSTANT_VECTOR),
    STDDEV_OVER_TIME(RANGE_VECTOR),
    STDVAR_OVER_TIME(RANGE_VECTOR),
    SUM_OVER_TIME(RANGE_VECTOR),
    TAN(INSTANT_VECTOR),
    TANH(INSTANT_VECTOR),
    TIME(),
    TIMESTAMP(INSTANT_VECTOR),
    VECTOR(ValueType.SCALAR),
    YEAR(Arity.LAST_OPTIONAL, INSTANT_VECTOR);

    /** How many arguments there may be for the parameters. */
    enum Arity {
        FIXED,
        LAST_OPTIONAL,
        /** The last any number of times, also none. */
        LAST_REPEATED
    }

    private final Arity arity;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<ValueType> parameters;

    Function(ValueType... parameters) {
        this(Arity.FIXED, parameters);
    }

    Function(Arity arity, ValueType... parameters) {
        this.arity = arity;
        this.parameters = List.of(parameters);
    }

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

    public ValueType result() {
        return this == TIME || this == PI || this == SCALAR ? ValueType.SCALAR : INSTANT_VECTOR;
    }

    Arity arity() {
        return arity;
    }

    /** The types of the arguments, in their order. */
    List<ValueType> parameters() {
        return parameters;
    }

    /** The type that the argument at this place must have. */
    ValueType parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }
}
