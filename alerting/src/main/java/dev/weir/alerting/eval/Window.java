package dev.weir.alerting.eval;

import dev.weir.pane.Point;
import java.util.List;

/**
 * What a function over a range gets of one series.
 *
 * @param points at least one, by time, in {@code [startMs, endMs]}
 * @param lastMs the last instant that the evaluation sees; {@code endMs} is an offset before it
 */
record Window(List<Point> points, long startMs, long endMs, long lastMs) {
    Point first() {
        return points.get(0);
    }

    Point last() {
        return points.get(points.size() - 1);
    }

    double[] values() {
        return points.stream().mapToDouble(Point::value).toArray();
    }
}
