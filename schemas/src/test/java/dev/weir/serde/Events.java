package dev.weir.serde;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.time.Instant;
import java.util.Map;

/** The events that the tests of this package write and read. */
final class Events {
    static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123Z");

    private Events() {}

    /** One event with every optional field set; the map has one entry, so that its bytes have one order. */
    static MetricEvent full() {
        return new MetricEvent(
                TIME,
                "checkout",
                "http_request_duration_seconds",
                MetricKind.OBSERVATION,
                0.25,
                "s",
                Outcome.SUCCESS,
                Map.of("route", "/köln"),
                "event-1");
    }

    static MetricEvent sparse() {
        return new MetricEvent(TIME, "checkout", "requests_total", MetricKind.COUNT, 1.0, null, null, Map.of(), null);
    }
}
