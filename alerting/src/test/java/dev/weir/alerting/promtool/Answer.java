package dev.weir.alerting.promtool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression gave: samples by their labels, or why there are none. */
record Answer(Map<String, Double> samples, String error) {
    private static final Pattern SAMPLE = Pattern.compile("(\\{(?:[^\"}]|\"(?:\\\\.|[^\"\\\\])*\")*\\}) ([^ ,]+)");
    private static final double RELATIVE = 1e-12;
    /** What remains where exact arithmetic would give zero. */
    private static final double ABSOLUTE = 1e-12;

    private static final List<String> ERRORS = List.of(
            "found duplicate series for the match group",
            "many-to-one matching must be explicit",
            "grouping labels must ensure unique matches",
            "vector cannot contain metrics with the same labelset",
            "overflows int64");

    /** Reads promtool's notation: {@code {a="b"} 1E+00, {} 2E+00}, or {@code nil}. */
    static Answer parse(String text) {
        TreeMap<String, Double> samples = new TreeMap<>();
        Matcher matcher = SAMPLE.matcher(text);
        while (matcher.find()) {
            samples.put(matcher.group(1), number(matcher.group(2)));
        }
        return new Answer(samples, "");
    }

    boolean agreesWith(Answer other) {
        if (!error.isEmpty() || !other.error.isEmpty()) {
            return ERRORS.stream().anyMatch(text -> error.contains(text) && other.error.contains(text));
        }
        return samples.keySet().equals(other.samples.keySet())
                && samples.entrySet().stream()
                        .allMatch(sample ->
                                agree(sample.getValue(), other.samples.getOrDefault(sample.getKey(), Double.NaN)));
    }

    @Override
    public String toString() {
        return error.isEmpty() ? samples.toString() : error;
    }

    private static boolean agree(double one, double other) {
        if (Double.isNaN(one) || Double.isNaN(other) || Double.isInfinite(one) || Double.isInfinite(other)) {
            return Double.compare(one, other) == 0;
        }
        return Math.abs(one - other) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(one), Math.abs(other)));
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
