package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Function;
import dev.weir.pane.Point;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code rate}, {@code increase} and {@code delta} from samples, as Prometheus 2 computes them.
 *
 * <p>The increase between first and last sample, of a counter with its resets added, is stretched to the edges of the range:
 * up to an edge that is nearer than 1.1 average sample distances, else by half a distance. The start of a counter is its
 * zero point if that lies inside the range. (Prometheus 3 looks at the zero point after it has capped the distance; the two
 * differ when a series begins inside the range near zero.)
 */
final class Extrapolation {
    private static final double NEAR = 1.1;

    private Extrapolation() {}

    static OptionalDouble of(Window window, Function function) {
        List<Point> points = window.points();
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        boolean counter = function != Function.DELTA;
        double increase = window.last().value() - window.first().value();
        if (counter) {
            increase = withResets(increase, points);
        }
        double sampled = seconds(window.last().timestampMs() - window.first().timestampMs());
        double distance = sampled / (points.size() - 1);

        double toStart = seconds(window.first().timestampMs() - window.startMs());
        if (counter && increase > 0 && window.first().value() >= 0) {
            double toZero = sampled * (window.first().value() / increase);
            toStart = toZero < toStart ? toZero : toStart;
        }
        double toEnd = seconds(window.endMs() - window.last().timestampMs());
        double factor = (sampled + capped(toStart, distance) + capped(toEnd, distance)) / sampled;
        if (function == Function.RATE) {
            factor /= seconds(window.endMs() - window.startMs());
        }
        return OptionalDouble.of(increase * factor);
    }

    /** The rate between the last two samples, or their difference. */
    static OptionalDouble ofLastTwo(Window window, Function function) {
        List<Point> points = window.points();
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point before = points.get(points.size() - 2);
        Point last = window.last();
        double change = last.value() - before.value();
        if (function == Function.IDELTA) {
            return OptionalDouble.of(change);
        }
        // Counter reset: what has been counted since is the increase.
        double increase = last.value() < before.value() ? last.value() : change;
        return OptionalDouble.of(increase / seconds(last.timestampMs() - before.timestampMs()));
    }

    private static double withResets(double difference, List<Point> points) {
        double increase = difference;
        double before = points.get(0).value();
        for (Point point : points) {
            if (point.value() < before) {
                // Counter reset: what had been counted before it is part of the increase.
                increase += before;
            }
            before = point.value();
        }
        return increase;
    }

    private static double capped(double gap, double distance) {
        return gap < distance * NEAR ? gap : distance / 2;
    }

    private static double seconds(long ms) {
        return ms / 1000.0;
    }
}
