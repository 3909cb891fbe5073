package dev.weir.app.produce;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one line as they come in. Used once, by one thread. */
final class EventFields {
    static final String NAMES = "timestamp, service, metric, kind, value, unit, outcome, labels, event_id";

    @Nullable
    Instant timestamp;

    @Nullable
    String service;

    @Nullable
    String metric;

    @Nullable
    MetricKind kind;

    @Nullable
    Double value;

    @Nullable
    String unit;

    @Nullable
    Outcome outcome;

    @Nullable
    String eventId;

    Map<String, String> labels = Map.of();

    private final Set<String> seen = new HashSet<>();

    /** False if the field has been there before. */
    boolean firstSeen(String name) {
        return seen.add(name);
    }

    /**
     * The event, if nothing is missing.
     *
     * @param endColumn where the object ends
     */
    MetricEvent event(int endColumn) throws InvalidLineException {
        return new MetricEvent(
                required("timestamp", timestamp, endColumn),
                required("service", service, endColumn),
                required("metric", metric, endColumn),
                required("kind", kind, endColumn),
                required("value", value, endColumn),
                unit,
                outcome,
                labels,
                eventId);
    }

    private static <T> T required(String name, @Nullable T value, int column) throws InvalidLineException {
        if (value == null) {
            throw new InvalidLineException(column, "field " + name + " is missing");
        }
        return value;
    }
}
