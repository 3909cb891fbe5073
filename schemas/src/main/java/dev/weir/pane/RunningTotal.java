package dev.weir.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The samples of a running total in one slice of time, from which its increase follows whatever order they came in.
 *
 * <p>Bounds: above {@value #MAX_POINTS} samples, those between two that only rise are dropped: they do not change the
 * increase. Not thread-safe.
 */
final class RunningTotal {
    static final int MAX_POINTS = 1_000;

    private final List<Point> points = new ArrayList<>();

    void add(Point point) {
        int at = Collections.binarySearch(points, point);
        points.add(at < 0 ? -at - 1 : at, point);
        if (points.size() > MAX_POINTS) {
            dropPointsThatOnlyRise();
        }
    }

    void addAll(RunningTotal other) {
        other.points.forEach(this::add);
    }

    List<Point> points() {
        return Collections.unmodifiableList(points);
    }

    /** The increase between first and last sample; a smaller value is a counter reset, so it counts from zero. */
    double increase() {
        ExactSum increase = new ExactSum();
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            double value = points.get(i).value();
            increase.add(value);
            if (value >= before) {
                increase.add(-before);
            }
        }
        return increase.value();
    }

    private void dropPointsThatOnlyRise() {
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            boolean edge = i == 0 || i == points.size() - 1;
            if (edge
                    || points.get(i - 1).value() > points.get(i).value()
                    || points.get(i).value() > points.get(i + 1).value()) {
                kept.add(points.get(i));
            }
        }
        points.clear();
        points.addAll(kept);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(points.size());
        for (Point point : points) {
            out.writeLong(point.timestampMs());
            out.writeDouble(point.value());
        }
    }

    static RunningTotal readFrom(DataInput in) throws IOException {
        RunningTotal total = new RunningTotal();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            total.points.add(new Point(in.readLong(), in.readDouble()));
        }
        return total;
    }
}
