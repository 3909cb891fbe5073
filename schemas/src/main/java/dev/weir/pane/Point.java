package dev.weir.pane;

import java.util.Comparator;

/**
 * One value of a gauge or running total at one instant.
 *
 * <p>Points are ordered by time, then by value, so that any arrival order gives the same list.
 *
 * @param timestampMs event time, ms since the epoch
 * @param value the level or total
 */
public record Point(long timestampMs, double value) implements Comparable<Point> {
    private static final Comparator<Point> ORDER =
            Comparator.comparingLong(Point::timestampMs).thenComparingDouble(Point::value);

    @Override
    public int compareTo(Point other) {
        return ORDER.compare(this, other);
    }
}
