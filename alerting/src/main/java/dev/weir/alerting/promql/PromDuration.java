package dev.weir.alerting.promql;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' notation of durations: {@code 1h30m}; units y w d h m s ms in this order, each at most once. */
public final class PromDuration {
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?" + "(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MS = {365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** Prometheus counts nanoseconds in 63 bits. */
    private static final long MAX_MS = Long.MAX_VALUE / 1_000_000;

    private PromDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none, or one of more than 292 years
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("not a valid duration: \"" + text
                    + "\", must be like 30s, 5m or 1h30m (y w d h m s ms, in this order)");
        }
        long ms = 0;
        try {
            for (int unit = 0; unit < UNIT_MS.length; unit++) {
                String amount = matcher.group(unit + 1);
                if (amount != null) {
                    ms = Math.addExact(ms, Math.multiplyExact(Long.parseLong(amount), UNIT_MS[unit]));
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("duration out of range: \"" + text + "\"", e);
        }
        if (ms > MAX_MS) {
            throw new IllegalArgumentException("duration out of range: \"" + text + "\"");
        }
        return Duration.ofMillis(ms);
    }

    /** Writes a duration as Prometheus does: {@code 90s} is {@code 1m30s}; years and weeks only where whole. */
    public static String format(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int unit = 0; unit < UNIT_MS.length; unit++) {
            boolean onlyWhole = unit < 2;
            long amount = onlyWhole && ms % UNIT_MS[unit] != 0 ? 0 : ms / UNIT_MS[unit];
            if (amount > 0) {
                text.append(amount).append(UNITS[unit]);
                ms -= amount * UNIT_MS[unit];
            }
        }
        return text.toString();
    }
}
