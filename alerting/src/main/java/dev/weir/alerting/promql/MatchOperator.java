package dev.weir.alerting.promql;

/** How a matcher compares the value of a label. */
public enum MatchOperator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    MATCHES_NOT("!~");

    private final String symbol;

    MatchOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    boolean isRegex() {
        return this == MATCHES || this == MATCHES_NOT;
    }
}
