package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes the samples out of the panes of a gauge or running total. */
final class Points {
    private Points() {}

    /** The samples in {@code [fromMs, lastMs]} by time; of two at one instant the greater, whatever came first. */
    static List<Point> of(SeriesPanes series, long fromMs, long lastMs) {
        List<Point> points = new ArrayList<>();
        for (Pane pane : series.panes()) {
            addInRange(points(pane.aggregate()), fromMs, lastMs, points);
        }
        addInRange(series.samples(), fromMs, lastMs, points);
        return ordered(points);
    }

    /** True if a pane has dropped samples of which it keeps the sum and the extremes. */
    static boolean areIncomplete(List<Pane> panes) {
        return panes.stream().anyMatch(pane -> isSummary(pane.aggregate()));
    }

    private static boolean isSummary(Aggregate aggregate) {
        return aggregate.count() > 1 && aggregate.points().isEmpty();
    }

    private static List<Point> points(Aggregate aggregate) {
        List<Point> points = aggregate.points();
        if (points.isEmpty() && aggregate.last().isPresent()) {
            return List.of(
                    new Point(aggregate.lastTimestampMs(), aggregate.last().getAsDouble()));
        }
        return points;
    }

    private static void addInRange(List<Point> points, long fromMs, long lastMs, List<Point> to) {
        for (Point point : points) {
            if (point.timestampMs() >= fromMs && point.timestampMs() <= lastMs) {
                to.add(point);
            }
        }
    }

    private static List<Point> ordered(List<Point> points) {
        boolean rising = true;
        for (int i = 1; i < points.size() && rising; i++) {
            rising = points.get(i - 1).timestampMs() < points.get(i).timestampMs();
        }
        if (rising) {
            return points;
        }
        Collections.sort(points);
        List<Point> distinct = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            boolean last = i + 1 == points.size();
            if (last || points.get(i).timestampMs() < points.get(i + 1).timestampMs()) {
                distinct.add(points.get(i));
            }
        }
        return distinct;
    }
}
