package dev.weir.alerting.promql;

/** The instant that {@code @} pins a selector to. */
public sealed interface AtModifier {
    /** Seconds since the epoch. */
    record Timestamp(double seconds) implements AtModifier {}

    /** {@code start()}: the first step of a range query. */
    record Start() implements AtModifier {}

    /** {@code end()}: the last step of a range query. */
    record End() implements AtModifier {}
}
