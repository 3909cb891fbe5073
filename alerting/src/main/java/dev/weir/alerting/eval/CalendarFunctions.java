package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Function;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Parts of the UTC date of an instant. */
final class CalendarFunctions {
    private static final int DAYS_IN_A_WEEK = 7;

    private CalendarFunctions() {}

    /** NaN for seconds that are no date. */
    static double value(Function function, double seconds) {
        if (Double.isNaN(seconds)) {
            return Double.NaN;
        }
        try {
            return value(function, LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    private static double value(Function function, LocalDateTime date) {
        return switch (function) {
            case MINUTE -> date.getMinute();
            case HOUR -> date.getHour();
            case DAY_OF_MONTH -> date.getDayOfMonth();
            case DAY_OF_WEEK -> date.getDayOfWeek().getValue() % DAYS_IN_A_WEEK;
            case DAY_OF_YEAR -> date.getDayOfYear();
            case DAYS_IN_MONTH -> date.toLocalDate().lengthOfMonth();
            case MONTH -> date.getMonthValue();
            case YEAR -> date.getYear();
            default -> throw new IllegalArgumentException("function is " + function + ", must be of a date");
        };
    }
}
