package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Every sample of one series, by minute. */
final class SeriesHistory {
    private final MetricKind kind;
    private final @Nullable String unit;
    private final SortedMap<Long, Samples> minutes = new TreeMap<>();

    SeriesHistory(MetricKind kind, @Nullable String unit) {
        this.kind = kind;
        this.unit = unit;
    }

    MetricKind kind() {
        return kind;
    }

    @Nullable
    String unit() {
        return unit;
    }

    void add(long timestampMs, double value, @Nullable Outcome outcome) {
        minutes.computeIfAbsent(WindowSize.MINUTE.startOf(timestampMs), start -> new Samples())
                .add(timestampMs, value, outcome);
    }

    /** Starts of the windows that hold samples, ascending. */
    LongStream starts(WindowSize size) {
        return minutes.keySet().stream().mapToLong(size::startOf).distinct();
    }

    boolean has(WindowSize size, long startMs) {
        return !minutes.subMap(startMs, startMs + size.millis()).isEmpty();
    }

    WindowTruth truth(WindowSize size, long startMs) {
        SortedMap<Long, Samples> inside = minutes.subMap(startMs, startMs + size.millis());
        return WindowTruth.of(kind, size, Samples.union(inside.values()));
    }
}
