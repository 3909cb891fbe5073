package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.Staleness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a series in promtool's notation, one an interval, kept as they are written: {@code 1} a value, {@code _} none,
 * {@code stale} an end, {@code 1x3} the value and three more, {@code 1+2x3} and {@code 1-2x3} the value and three that
 * each differ from the one before, {@code _x3} three times none.
 */
record SeriesValues(List<Run> runs) {
    private static final String NUMBER = "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|nan)(?![\\w:])";
    private static final Pattern ITEM = Pattern.compile(
            "(?:(_)|(stale(?![\\w:])|[+-]?(?:" + NUMBER + "))([+-](?:" + NUMBER + ")(?=x))?)(?:x([0-9]+))?(?=\\s|$)");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

    SeriesValues {
        runs = List.copyOf(runs);
    }

    /** Intervals that follow one another. */
    sealed interface Run {
        /** How many, at least 0. */
        long length();

        /** Intervals without a sample. */
        record Gap(long length) implements Run {}

        /** Each value is the one before plus {@code step}. */
        record Values(double first, double step, long length) implements Run {}
    }

    /** Takes a value and at which interval it stands, from 0. */
    @FunctionalInterface
    interface Visitor {
        void visit(long interval, double value);
    }

    /**
     * Reads the values of a series.
     *
     * @throws NotationException if they are not of this form
     */
    static SeriesValues parse(String text) {
        List<Run> runs = new ArrayList<>();
        Matcher item = ITEM.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                runs.add(run(text, at, item));
                at = item.end();
            }
        }
        return new SeriesValues(runs);
    }

    /** Visits the values at intervals up to {@code lastInterval} in their order. */
    void forEach(long lastInterval, Visitor visitor) {
        long at = 0;
        for (Run run : runs) {
            if (run instanceof Run.Values values) {
                double value = values.first();
                for (long i = 0; i < values.length() && at + i <= lastInterval; i++) {
                    visitor.visit(at + i, value);
                    value += values.step();
                }
            }
            if (run.length() > lastInterval - at) {
                return;
            }
            at += run.length();
        }
    }

    private static Run run(String text, int at, Matcher item) {
        if (!item.region(at, text.length()).lookingAt()) {
            throw new NotationException(
                    at,
                    "unexpected \"" + text.substring(at).split("\\s", 2)[0]
                            + "\" in series values, must be a number, _ or stale, or repeated as 1x3, 1+2x3 or _x3");
        }
        long times = item.group(4) == null ? -1 : times(item.group(4), item.start(4));
        if (item.group(1) != null) {
            return new Run.Gap(times < 0 ? 1 : times);
        }
        double step = item.group(3) == null ? 0 : number(item.group(3));
        return new Run.Values(number(item.group(2)), step, times < 0 ? 1 : times + 1);
    }

    private static long times(String digits, int offset) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new NotationException(offset, "repetition is " + digits + ", must be at most " + Integer.MAX_VALUE);
        }
    }

    private static double number(String text) {
        if (text.equals("stale")) {
            return Staleness.MARKER;
        }
        boolean signed = text.startsWith("+") || text.startsWith("-");
        double value = unsigned(signed ? text.substring(1) : text);
        return text.startsWith("-") ? -value : value;
    }

    private static double unsigned(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            // As in PromQL, an integer with a leading zero is octal where it can be.
            default ->
                OCTAL.matcher(text).matches() && text.length() < 20
                        ? (double) Long.parseLong(text, 8)
                        : Double.parseDouble(text);
        };
    }
}
