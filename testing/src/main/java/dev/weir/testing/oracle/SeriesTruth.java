package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** What one series did, minute by minute, in whole numbers; see {@link IntegerTruth}. Not thread-safe. */
public final class SeriesTruth {
    private final MetricKind kind;
    private final @Nullable String unit;
    private final @Nullable TickScale scale;
    private final NavigableMap<Long, SliceTruth> minutes = new TreeMap<>();

    SeriesTruth(MetricKind kind, @Nullable String unit) {
        this.kind = kind;
        this.unit = unit;
        this.scale = kind == MetricKind.OBSERVATION ? TickScale.of(unit) : null;
    }

    /**
     * Adds one accepted event.
     *
     * @param parts its value in {@code 1 / }{@link IntegerTruth#PARTS} of the unit
     */
    public void add(long timeMs, long parts, @Nullable Outcome outcome) {
        minute(timeMs).add(timeMs, parts, outcome);
    }

    /**
     * Adds one accepted histogram event.
     *
     * @param observed integers are ticks of the series' range
     * @param sumParts the sum that the event states
     */
    public void add(long timeMs, AbstractHistogram observed, long sumParts, @Nullable Outcome outcome) {
        minute(timeMs).add(observed, sumParts, outcome);
    }

    MetricKind kind() {
        return kind;
    }

    @Nullable
    String unit() {
        return unit;
    }

    /** The minutes in which something happened, by their starts. */
    NavigableMap<Long, SliceTruth> minutes() {
        return minutes;
    }

    /** The hours in which something happened, by their starts. */
    NavigableMap<Long, SliceTruth> hours() {
        NavigableMap<Long, SliceTruth> hours = new TreeMap<>();
        minutes.forEach((startMs, minute) -> hours.computeIfAbsent(
                        WindowSize.HOUR.startOf(startMs), absent -> new SliceTruth(kind, scale))
                .addAll(minute));
        return hours;
    }

    private SliceTruth minute(long timeMs) {
        return minutes.computeIfAbsent(WindowSize.MINUTE.startOf(timeMs), absent -> new SliceTruth(kind, scale));
    }
}
