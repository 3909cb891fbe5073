package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.pane.StaleMarker;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Takes the samples out of the panes of a gauge or running total. */
final class Points {
    private Points() {}

    /** The samples in {@code [fromMs, toMs)} by time, marks of an end left out. */
    static List<Point> of(SeriesPanes series, long fromMs, long toMs) {
        return withMarkers(series, fromMs, toMs).values().stream()
                .filter(point -> !StaleMarker.is(point.value()))
                .toList();
    }

    /** The last sample in {@code [fromMs, toMs)}; nothing if the series has ended since. */
    static Optional<Point> last(SeriesPanes series, long fromMs, long toMs) {
        return Optional.ofNullable(withMarkers(series, fromMs, toMs).lastEntry())
                .map(Map.Entry::getValue)
                .filter(point -> !StaleMarker.is(point.value()));
    }

    /** By time; of two at one instant the greater, whatever came first. */
    private static NavigableMap<Long, Point> withMarkers(SeriesPanes series, long fromMs, long toMs) {
        NavigableMap<Long, Point> points = new TreeMap<>();
        for (Pane pane : series.panes()) {
            for (Point point : points(pane.aggregate())) {
                if (point.timestampMs() >= fromMs && point.timestampMs() < toMs) {
                    points.merge(point.timestampMs(), point, (one, two) -> one.value() >= two.value() ? one : two);
                }
            }
        }
        return points;
    }

    private static List<Point> points(Aggregate aggregate) {
        List<Point> points = aggregate.points();
        if (points.isEmpty() && aggregate.last().isPresent()) {
            return List.of(
                    new Point(aggregate.lastTimestampMs(), aggregate.last().getAsDouble()));
        }
        return points;
    }
}
