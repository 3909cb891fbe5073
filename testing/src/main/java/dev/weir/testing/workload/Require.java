package dev.weir.testing.workload;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The checks that the records of this package share; each failure names the value and what is allowed. */
final class Require {
    private Require() {}

    static void positive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " is " + value + ", must be > 0");
        }
    }

    static void notNegative(String what, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(what + " is " + value + ", must be >= 0");
        }
    }

    static void share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " is " + value + ", must be in [0, 1]");
        }
    }

    static void wholeMillis(String what, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || !value.equals(value.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException(what + " is " + value + ", must be whole milliseconds >= 1 ms");
        }
    }

    static void interval(String what, Duration start, Duration end) {
        if (start.isNegative() || start.compareTo(end) >= 0) {
            throw new IllegalArgumentException(
                    what + " is [" + start + ", " + end + "), must start at 0 or later and end after its start");
        }
    }
}
