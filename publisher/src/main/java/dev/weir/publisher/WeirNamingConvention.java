package dev.weir.publisher;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names as Micrometer's Prometheus registry has them, so that rules written for Prometheus match: {@code http.server.requests}, a
 * timer, is {@code http_server_requests_seconds}.
 *
 * <p>Names and values longer than Weir allows are cut. The tags {@code service}, and {@code le} and {@code quantile} where they
 * are Weir's own, become {@code exported_service} and so on, as Prometheus does it.
 */
final class WeirNamingConvention implements NamingConvention {
    private static final Pattern NOT_METRIC = Pattern.compile("[^a-zA-Z0-9_:]");
    private static final Pattern NOT_LABEL = Pattern.compile("[^a-zA-Z0-9_]");
    private static final String SECONDS = "_seconds";
    private static final String TOTAL = "_total";

    @Override
    public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        String snake = startingWithLetter(
                NOT_METRIC.matcher(NamingConvention.snakeCase.name(name, type)).replaceAll("_"));
        return switch (type) {
            case TIMER, LONG_TASK_TIMER -> ending(snake, SECONDS);
            case COUNTER -> ending(inUnit(snake, baseUnit), TOTAL);
            case DISTRIBUTION_SUMMARY, GAUGE -> cut(inUnit(snake, baseUnit), SeriesRules.MAX_NAME);
            case OTHER -> cut(snake, SeriesRules.MAX_NAME);
        };
    }

    @Override
    public String tagKey(String key) {
        String label = startingWithLetter(
                NOT_LABEL.matcher(NamingConvention.snakeCase.tagKey(key)).replaceAll("_"));
        String own = label.startsWith("__") ? "m" + label : label;
        return cut(SeriesRules.isOwnLabel(own) ? "exported_" + own : own, SeriesRules.MAX_NAME);
    }

    @Override
    public String tagValue(String value) {
        return cut(value.replace("\0", ""), SeriesRules.MAX_LABEL_VALUE);
    }

    private static String startingWithLetter(String name) {
        boolean fits = !name.isEmpty() && !Character.isDigit(name.charAt(0));
        return fits ? name : "m_" + name;
    }

    private static String inUnit(String name, @Nullable String baseUnit) {
        if (baseUnit == null || baseUnit.isEmpty()) {
            return name;
        }
        String suffix = "_" + NOT_METRIC.matcher(baseUnit).replaceAll("_");
        return name.endsWith(suffix) ? name : name + suffix;
    }

    private static String ending(String name, String suffix) {
        String stem = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        return cut(stem, SeriesRules.MAX_NAME - suffix.length()) + suffix;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        // Not through a character outside the basic plane.
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
