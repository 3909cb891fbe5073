package dev.weir.alerting.template;

/** Prometheus' ways of writing a number for people. */
final class Humanize {
    private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
    private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
    private static final double LONG_LIMIT = 0x1p63;

    private Humanize() {}

    /** Metric prefixes: 1234567 is 1.235M. */
    static String metric(double value) {
        if (value == 0 || isSpecial(value)) {
            return four(value);
        }
        return Math.abs(value) >= 1 ? divided(value, 1000, LARGE) : small(value);
    }

    /** Binary prefixes: 1048576 is 1Mi. */
    static String binary(double value) {
        if (Math.abs(value) <= 1 || isSpecial(value)) {
            return four(value);
        }
        return divided(value, 1024, BINARY);
    }

    /** A ratio in percent: 0.0512 is 5.12%. */
    static String percentage(double ratio) {
        return four(ratio * 100) + "%";
    }

    /** Seconds as days to seconds: 3725 is 1h 2m 5s. */
    static String duration(double seconds) {
        if (isSpecial(seconds)) {
            return four(seconds);
        }
        if (seconds == 0) {
            return four(seconds) + "s";
        }
        if (Math.abs(seconds) < 1) {
            return small(seconds) + "s";
        }
        return seconds < 0 ? "-" + longDuration(-seconds) : longDuration(seconds);
    }

    private static String longDuration(double value) {
        // Beyond 2^63 Go on amd64 converts to the smallest integer.
        long whole = value >= LONG_LIMIT ? Long.MIN_VALUE : (long) value;
        long seconds = whole % 60;
        long minutes = whole / 60 % 60;
        long hours = whole / 60 / 60 % 24;
        long days = whole / 60 / 60 / 24;
        if (days != 0) {
            return days + "d " + hours + "h " + minutes + "m " + seconds + "s";
        }
        if (hours != 0) {
            return hours + "h " + minutes + "m " + seconds + "s";
        }
        return minutes != 0 ? minutes + "m " + seconds + "s" : four(value) + "s";
    }

    private static String divided(double value, int step, String[] prefixes) {
        double rest = value;
        String prefix = "";
        for (String next : prefixes) {
            if (Math.abs(rest) < step) {
                break;
            }
            prefix = next;
            rest /= step;
        }
        return four(rest) + prefix;
    }

    private static String small(double value) {
        double rest = value;
        String prefix = "";
        for (String next : SMALL) {
            if (Math.abs(rest) >= 1) {
                break;
            }
            prefix = next;
            rest *= 1000;
        }
        return four(rest) + prefix;
    }

    private static String four(double value) {
        return GoFloat.significant(value, 4);
    }

    private static boolean isSpecial(double value) {
        return Double.isNaN(value) || Double.isInfinite(value);
    }
}
