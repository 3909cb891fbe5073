package dev.weir.app.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a duration: numbers with units from large to small, such as {@code 1h30m}, {@code 250ms} or {@code 0s}. */
public final class DurationText {
    private static final Pattern FORM =
            Pattern.compile("(-)?(?:(\\d{1,6})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,12})s)?(?:(\\d{1,12})ms)?");

    private DurationText() {}

    /** Empty if the text is not a duration. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || text.equals("-") || !matcher.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ofDays(part(matcher, 2))
                .plusHours(part(matcher, 3))
                .plusMinutes(part(matcher, 4))
                .plusSeconds(part(matcher, 5))
                .plusMillis(part(matcher, 6));
        return Optional.of(matcher.group(1) == null ? sum : sum.negated());
    }

    /** The shortest text that {@link #parse} reads as the same duration; less than a millisecond is cut off. */
    public static String format(Duration duration) {
        if (duration.toMillis() == 0) {
            return "0s";
        }
        Duration size = duration.abs();
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        append(text, size.toDaysPart(), "d");
        append(text, size.toHoursPart(), "h");
        append(text, size.toMinutesPart(), "m");
        append(text, size.toSecondsPart(), "s");
        append(text, size.toMillisPart(), "ms");
        return text.toString();
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }
}
