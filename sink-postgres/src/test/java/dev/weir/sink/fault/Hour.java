package dev.weir.sink.fault;

import dev.weir.events.MetricKind;
import dev.weir.sketch.SketchRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One hour of a series as it was sent last: its values, its revision, whether it is final. */
final class Hour {
    final Series series;
    final Instant start;
    final List<Double> values = new ArrayList<>();
    long revision;
    boolean isFinal;

    /** A series; all records of it are in one partition. */
    record Series(String metric, MetricKind kind, int number) {
        SketchRange range() {
            return SketchRange.of(metric, null);
        }

        Map<String, String> labels() {
            return Map.of("series", Integer.toString(number));
        }
    }

    Hour(Series series, Instant start) {
        this.series = series;
        this.start = start;
    }

    List<Double> values() {
        return Collections.unmodifiableList(values);
    }
}
