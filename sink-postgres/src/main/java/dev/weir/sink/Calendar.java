package dev.weir.sink;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.stream.Stream;

/**
 * The days and weeks of a time zone. A day has 23, 24 or 25 hours; a week begins on Monday (ISO 8601).
 *
 * @param zone one whose offset has been whole hours since {@value #SINCE}, so that an hour belongs to one day
 */
public record Calendar(ZoneId zone) {
    /** Days and weeks in UTC. */
    public static final Calendar UTC = new Calendar(ZoneOffset.UTC);

    static final String SINCE = "2020-01-01T00:00:00Z";

    private static final int SECONDS_PER_HOUR = 3_600;

    /**
     * Takes the zone if it can.
     *
     * @throws IllegalArgumentException if an offset is not of whole hours
     */
    public Calendar {
        offsets(zone.getRules())
                .filter(offset -> offset.getTotalSeconds() % SECONDS_PER_HOUR != 0)
                .findFirst()
                .ifPresent(offset -> {
                    throw new IllegalArgumentException("time zone is " + zone + " with offset " + offset
                            + ", must be a zone whose offsets are whole hours");
                });
    }

    /**
     * The calendar of a zone by name.
     *
     * @throws IllegalArgumentException if there is no such zone, or it is not of whole hours
     */
    public static Calendar of(String zone) {
        try {
            return new Calendar(ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "time zone is " + zone + ", must be a time zone such as UTC or Europe/Berlin", unknown);
        }
    }

    /** The day or week that an instant is in. */
    Span spanOf(Period period, long timeMs) {
        LocalDate date = Instant.ofEpochMilli(timeMs).atZone(zone).toLocalDate();
        return switch (period) {
            case DAILY -> span(date, date.plusDays(1));
            case WEEKLY -> {
                LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield span(monday, monday.plusWeeks(1));
            }
            case HOURLY -> throw new IllegalArgumentException("period is HOURLY, must be DAILY or WEEKLY");
        };
    }

    private Span span(LocalDate first, LocalDate next) {
        return new Span(startMs(first), startMs(next));
    }

    private long startMs(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static Stream<ZoneOffset> offsets(ZoneRules rules) {
        Instant since = Instant.parse(SINCE);
        return Stream.of(
                        Stream.of(rules.getOffset(since)),
                        rules.getTransitions().stream()
                                .filter(transition -> transition.getInstant().isAfter(since))
                                .map(transition -> transition.getOffsetAfter()),
                        rules.getTransitionRules().stream().map(ZoneOffsetTransitionRule::getOffsetAfter))
                .flatMap(offsets -> offsets);
    }
}
