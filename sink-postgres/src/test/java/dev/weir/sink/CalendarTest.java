package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CalendarTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 24",
        "UTC, 2026-03-01T23:00:00Z, 2026-03-01T00:00:00Z, 24",
        "Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin, 2026-03-29T21:00:00Z, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin, 2026-03-29T22:00:00Z, 2026-03-29T22:00:00Z, 24",
        "Europe/Berlin, 2026-10-25T22:00:00Z, 2026-10-24T22:00:00Z, 25",
        "America/New_York, 2026-11-01T03:00:00Z, 2026-10-31T04:00:00Z, 24",
        "America/New_York, 2026-11-01T04:00:00Z, 2026-11-01T04:00:00Z, 25",
        // Midnight itself is skipped: the day begins at 01:00.
        "Africa/Cairo, 2026-04-23T22:00:00Z, 2026-04-23T22:00:00Z, 23",
        "+09:00, 2026-03-01T15:00:00Z, 2026-03-01T15:00:00Z, 24"
    })
    void dayBeginsAtMidnightOfTheZone(String zone, Instant time, Instant start, long hours) {
        assertThat(Calendar.of(zone).spanOf(Period.DAILY, time.toEpochMilli())).isEqualTo(span(start, hours));
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-01T23:00:00Z, 2026-02-23T00:00:00Z, 168",
        "UTC, 2026-03-02T00:00:00Z, 2026-03-02T00:00:00Z, 168",
        "UTC, 2026-01-01T00:00:00Z, 2025-12-29T00:00:00Z, 168",
        "Europe/Berlin, 2026-03-29T21:00:00Z, 2026-03-22T23:00:00Z, 167",
        "Europe/Berlin, 2026-10-19T00:00:00Z, 2026-10-18T22:00:00Z, 169"
    })
    void weekBeginsOnMonday(String zone, Instant time, Instant start, long hours) {
        assertThat(Calendar.of(zone).spanOf(Period.WEEKLY, time.toEpochMilli())).isEqualTo(span(start, hours));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "Australia/Lord_Howe", "+05:30", "Asia/Kathmandu"})
    void zoneOfPartHoursIsRefused(String zone) {
        assertThatThrownBy(() -> Calendar.of(zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(", must be a zone whose offsets are whole hours");
    }

    @Test
    void refusalNamesZoneAndOffset() {
        assertThatThrownBy(() -> Calendar.of("Asia/Kolkata"))
                .hasMessage(
                        "time zone is Asia/Kolkata with offset +05:30, must be a zone whose offsets are whole hours");
        assertThatThrownBy(() -> Calendar.of("Mars/Olympus"))
                .hasMessage("time zone is Mars/Olympus, must be a time zone such as UTC or Europe/Berlin");
    }

    private static Span span(Instant start, long hours) {
        return new Span(
                start.toEpochMilli(), start.plus(Duration.ofHours(hours)).toEpochMilli());
    }
}
