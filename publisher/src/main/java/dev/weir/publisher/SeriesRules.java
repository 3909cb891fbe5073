package dev.weir.publisher;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Weir's ingest asks of names and labels, at its default bounds: asked here first, where a person still reads the answer. */
final class SeriesRules {
    static final int MAX_NAME = 128;
    static final int MAX_LABEL_VALUE = 256;
    static final int MAX_EVENT_ID = 64;

    private static final int MAX_LABELS = 32;
    private static final int MAX_UNIT = 32;
    private static final int SHOWN = 64;
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Set<String> CLASSIC_LABELS = Set.of("le", "quantile");

    private SeriesRules() {}

    /** What labels are for: gauges alone may bear {@code le} and {@code quantile}. */
    enum Use {
        COMMON,
        COUNT_OR_OBSERVATION,
        GAUGE
    }

    /**
     * The series, checked.
     *
     * @param common labels that the own ones of the same name hide
     * @throws IllegalArgumentException if Weir would refuse it
     */
    static Series series(
            String metric,
            String service,
            Map<String, String> common,
            Map<String, String> own,
            MetricKind kind,
            @Nullable String unit) {
        checkText("metric", metric);
        require(METRIC.matcher(metric).matches(), "metric is " + shown(metric) + ", must match " + METRIC);
        if (unit != null) {
            require(
                    !unit.isEmpty() && unit.length() <= MAX_UNIT && !hasControlCharacter(unit),
                    "unit is " + shown(unit) + ", must have 1 to " + MAX_UNIT
                            + " characters and no control characters (" + metric + ")");
        }
        Map<String, String> labels = new TreeMap<>(common);
        labels.putAll(own);
        try {
            checkLabels(labels, kind == MetricKind.GAUGE ? Use.GAUGE : Use.COUNT_OR_OBSERVATION);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (" + metric + ")", e);
        }
        return Series.of(metric, service, labels, kind, unit);
    }

    static void checkService(String service) {
        checkText("service", service);
    }

    static void checkLabels(Map<String, String> labels, Use use) {
        require(labels.size() <= MAX_LABELS, "labels are " + labels.size() + ", must be at most " + MAX_LABELS);
        labels.forEach((name, value) -> checkLabel(name, value, use));
    }

    /** Whether Weir itself gives series this label, so that they cannot have another. */
    static boolean isOwnLabel(String name) {
        return name.equals(Series.SERVICE) || CLASSIC_LABELS.contains(name);
    }

    /** Pairs of name and value, in any order. */
    static Map<String, String> labels(String... namesAndValues) {
        require(
                namesAndValues.length % 2 == 0,
                "labels are " + namesAndValues.length + " texts, must be pairs of name and value");
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String before = labels.put(namesAndValues[i], namesAndValues[i + 1]);
            require(before == null, "label " + namesAndValues[i] + " is given twice, must be given once");
        }
        return labels;
    }

    private static void checkLabel(String name, String value, Use use) {
        require(
                name.length() <= MAX_NAME && LABEL.matcher(name).matches() && !name.startsWith("__"),
                "label name is " + shown(name) + ", must match " + LABEL + ", not start with __ and have at most "
                        + MAX_NAME + " characters");
        boolean taken = name.equals(Series.SERVICE)
                || name.equals("outcome")
                || (use != Use.GAUGE && CLASSIC_LABELS.contains(name));
        require(!taken, "label name is " + name + ", which is Weir's own: must be another");
        require(
                value.length() <= MAX_LABEL_VALUE,
                "label " + name + " has " + value.length() + " characters, must have at most " + MAX_LABEL_VALUE);
        require(value.indexOf('\0') < 0, "label " + name + " holds the character NUL, must not");
    }

    private static void checkText(String field, String text) {
        require(
                !text.isBlank() && text.length() <= MAX_NAME && !hasControlCharacter(text),
                field + " is " + shown(text) + " (" + text.length() + " characters), must have 1 to " + MAX_NAME
                        + " and no control characters");
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + start.replaceAll("\\p{Cntrl}", "�") + "'";
    }

    private static void require(boolean allowed, String message) {
        if (!allowed) {
            throw new IllegalArgumentException(message);
        }
    }
}
