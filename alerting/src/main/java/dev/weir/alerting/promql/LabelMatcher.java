package dev.weir.alerting.promql;

import com.google.re2j.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Condition on one label. A label that is not there has the value {@code ""}. Regular expressions are RE2's, anchored
 * at both ends.
 */
public record LabelMatcher(
        String label,
        MatchOperator operator,
        String value,
        @Nullable Pattern pattern) {

    /**
     * Makes a matcher and compiles its regular expression.
     *
     * @throws com.google.re2j.PatternSyntaxException if it has one that RE2 does not accept
     */
    public static LabelMatcher of(String label, MatchOperator operator, String value) {
        Pattern pattern = operator.isRegex() ? anchored(value) : null;
        return new LabelMatcher(label, operator, value, pattern);
    }

    /** A regular expression that matches a whole text or not at all. */
    public static Pattern anchored(String regex) {
        return Pattern.compile("^(?:" + regex + ")$");
    }

    public boolean matches(Map<String, String> labels) {
        return matches(labels.getOrDefault(label, ""));
    }

    public boolean matches(String actual) {
        return switch (operator) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case MATCHES -> pattern != null && pattern.matches(actual);
            case MATCHES_NOT -> pattern != null && !pattern.matches(actual);
        };
    }

    @Override
    public String toString() {
        return label + operator.symbol() + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
