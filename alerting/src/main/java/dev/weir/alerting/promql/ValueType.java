package dev.weir.alerting.promql;

/** What an expression gives, in Prometheus' words. */
public enum ValueType {
    SCALAR("scalar"),
    INSTANT_VECTOR("instant vector"),
    RANGE_VECTOR("range vector"),
    STRING("string");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
