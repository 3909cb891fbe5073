package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Takes the samples out of the panes of a gauge or running total. */
final class Points {
    private Points() {}

    /** The samples in {@code [fromMs, toMs)} by time; of two at one instant the greater, whatever came first. */
    static List<Point> of(SeriesPanes series, long fromMs, long toMs) {
        TreeMap<Long, Point> points = new TreeMap<>();
        for (Pane pane : series.panes()) {
            for (Point point : points(pane.aggregate())) {
                if (point.timestampMs() >= fromMs && point.timestampMs() < toMs) {
                    points.merge(point.timestampMs(), point, (one, two) -> one.value() >= two.value() ? one : two);
                }
            }
        }
        return new ArrayList<>(points.values());
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
