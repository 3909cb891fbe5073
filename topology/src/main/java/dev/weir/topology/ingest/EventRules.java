package dev.weir.topology.ingest;

import dev.weir.events.MetricKind;
import dev.weir.rejected.RejectReason;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that an event keeps to be aggregated; each that is broken has its reason and message. */
final class EventRules {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Set<String> CLASSIC_LABELS = Set.of("le", "quantile");
    /** So few that no hour of a series can overflow its count. */
    private static final long MAX_OBSERVATIONS = 10_000_000_000L;

    private static final int MAX_UNIT = 32;
    private static final int MAX_EVENT_ID = 64;
    private static final int SHOWN = 64;

    private final EventLimits limits;
    private final long maxFutureMs;

    EventRules(EventLimits limits, long maxFutureMs) {
        this.limits = limits;
        this.maxFutureMs = maxFutureMs;
    }

    /** The series of an event. */
    Series series(String metric, String service, Map<String, String> labels, MetricKind kind, @Nullable String unit)
            throws InvalidEventException {
        checkName("metric", metric);
        if (!METRIC.matcher(metric).matches()) {
            throw invalidName("metric is " + shown(metric) + ", must match " + METRIC);
        }
        checkName("service", service);
        if (unit != null && (unit.length() > MAX_UNIT || hasControlCharacter(unit))) {
            throw invalidName("unit is " + shown(unit) + ", must have at most " + MAX_UNIT
                    + " characters and no control characters");
        }
        if (labels.size() > limits.labels()) {
            throw new InvalidEventException(
                    RejectReason.TOO_MANY_LABELS,
                    "labels are " + labels.size() + ", must be at most " + limits.labels());
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            checkLabel(label.getKey(), label.getValue(), kind);
        }
        return new Series(metric, service, new TreeMap<>(labels), kind, unit);
    }

    void checkValue(double value, MetricKind kind) throws InvalidEventException {
        if (!Double.isFinite(value) || (value < 0 && kind != MetricKind.GAUGE)) {
            throw new InvalidEventException(
                    RejectReason.INVALID_VALUE,
                    "value is " + value + ", must be finite" + (kind == MetricKind.GAUGE ? "" : " and >= 0") + " (kind "
                            + kind + ")");
        }
    }

    /** Decodes a histogram; refuses what is none, or one that no sum of its series could bear. */
    Sketch checkHistogram(ByteBuffer encoded) throws InvalidEventException {
        Sketch sketch;
        try {
            sketch = Sketch.decode(encoded.duplicate());
        } catch (IllegalArgumentException e) {
            throw invalidValue("histogram: " + e.getMessage());
        }
        if (sketch.isEmpty()) {
            throw invalidValue("histogram is empty, must hold at least one observation");
        }
        if (sketch.count() > MAX_OBSERVATIONS) {
            throw invalidValue(
                    "histogram has " + sketch.count() + " observations, must have at most " + MAX_OBSERVATIONS);
        }
        double[] greatest = {0};
        sketch.forEachBucket((low, high, count) -> greatest[0] = Math.max(greatest[0], high * count));
        if (!Double.isFinite(greatest[0])) {
            throw invalidValue("histogram holds observations whose sum is " + greatest[0] + ", must be finite");
        }
        return sketch;
    }

    /** Refuses an id that is too long to be remembered; asked where events are de-duplicated. */
    void checkEventId(@Nullable String eventId) throws InvalidEventException {
        if (eventId != null && eventId.length() > MAX_EVENT_ID) {
            throw invalidValue("event_id is " + shown(eventId) + " (" + eventId.length()
                    + " characters), must have at most " + MAX_EVENT_ID);
        }
    }

    /** True if {@link #checkTime} would pass. */
    boolean isTimely(long timestampMs, long brokerTimeMs) {
        return timestampMs >= 0 && timestampMs - brokerTimeMs <= maxFutureMs;
    }

    void checkTime(long timestampMs, long brokerTimeMs) throws InvalidEventException {
        if (timestampMs < 0) {
            throw new InvalidEventException(
                    RejectReason.INVALID_VALUE,
                    "timestamp is " + timestampMs + ", must be >= 0 (ms since 1970-01-01T00:00:00Z)");
        }
        if (!isTimely(timestampMs, brokerTimeMs)) {
            throw new InvalidEventException(
                    RejectReason.FUTURE,
                    "timestamp is " + Instant.ofEpochMilli(timestampMs) + ", must be at most " + maxFutureMs
                            + " ms after the broker's " + Instant.ofEpochMilli(brokerTimeMs) + " (time.max-future)");
        }
    }

    private void checkName(String field, String name) throws InvalidEventException {
        if (name.isBlank()) {
            throw invalidName(field + " is empty, must have 1 to " + limits.nameLength() + " characters");
        }
        if (name.length() > limits.nameLength()) {
            throw invalidName(field + " is " + shown(name) + " (" + name.length() + " characters), must have 1 to "
                    + limits.nameLength());
        }
        if (hasControlCharacter(name)) {
            throw invalidName(field + " is " + shown(name) + ", must have no control characters");
        }
    }

    private void checkLabel(String name, String value, MetricKind kind) throws InvalidEventException {
        if (name.isEmpty()) {
            throw invalidLabel("label name is empty, must match " + LABEL);
        }
        if (name.length() > limits.nameLength()) {
            throw invalidLabel("label name is " + shown(name) + " (" + name.length() + " characters), must have 1 to "
                    + limits.nameLength());
        }
        if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
            throw invalidLabel("label name is " + shown(name) + ", must match " + LABEL + " and not start with __");
        }
        boolean classic = CLASSIC_LABELS.contains(name);
        if (name.equals(Series.SERVICE)
                || name.equals("outcome")
                || (classic && (kind == MetricKind.COUNT || kind == MetricKind.OBSERVATION))) {
            throw invalidLabel("label name is " + name + ", which is Weir's own for kind " + kind);
        }
        if (value.length() > limits.labelValueLength()) {
            throw invalidLabel("label " + name + " has " + value.length() + " characters, must have at most "
                    + limits.labelValueLength());
        }
        if (value.indexOf('\0') >= 0) {
            throw invalidLabel("label " + name + " holds the character NUL, which no table can store");
        }
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + start.replaceAll("\\p{Cntrl}", "�") + "'";
    }

    private static InvalidEventException invalidValue(String message) {
        return new InvalidEventException(RejectReason.INVALID_VALUE, message);
    }

    private static InvalidEventException invalidName(String message) {
        return new InvalidEventException(RejectReason.INVALID_NAME, message);
    }

    private static InvalidEventException invalidLabel(String message) {
        return new InvalidEventException(RejectReason.INVALID_LABEL, message);
    }
}
