package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Function;
import dev.weir.pane.Point;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Rate of a running total from its samples, as Prometheus 3 computes it.
 *
 * <p>The increase between first and last sample, resets added, is stretched to the edges of the range: up to an edge
 * that is nearer than 1.1 average sample distances, else by half a distance, and at the start never to before the
 * total would have been zero. (Prometheus 2 looked at the zero point before it capped the distance; the two differ when
 * a series begins inside the range near zero.)
 */
final class Extrapolation {
    private static final double NEAR = 1.1;

    private Extrapolation() {}

    /** The rate over {@code (fromMs, toMs]}; empty with fewer than two samples. */
    static OptionalDouble of(List<Point> points, long fromMs, long toMs, Function function) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double increase = increase(points);
        double sampled = seconds(last.timestampMs() - first.timestampMs());
        double distance = sampled / (points.size() - 1);

        double toStart = capped(seconds(first.timestampMs() - fromMs), distance);
        if (increase > 0 && first.value() >= 0) {
            toStart = Math.min(toStart, sampled * (first.value() / increase));
        }
        double toEnd = capped(seconds(toMs - last.timestampMs()), distance);
        double factor = (sampled + toStart + toEnd) / sampled;
        if (function == Function.RATE) {
            factor /= seconds(toMs - fromMs);
        }
        return OptionalDouble.of(increase * factor);
    }

    private static double increase(List<Point> points) {
        double increase = points.get(points.size() - 1).value() - points.get(0).value();
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            if (points.get(i).value() < before) {
                // Counter reset: what had been counted before it is part of the increase.
                increase += before;
            }
        }
        return increase;
    }

    private static double capped(double gap, double distance) {
        return gap >= distance * NEAR ? distance / 2 : gap;
    }

    private static double seconds(long ms) {
        return ms / 1000.0;
    }
}
