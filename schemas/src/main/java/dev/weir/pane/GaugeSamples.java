package dev.weir.pane;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of a gauge in one slice of time: always the last one, and all of them while they are few. Not thread-safe. */
final class GaugeSamples {
    /*
     * Bytes: zig-zag time of the last one, one byte for the length of its value, its leading bytes; then, if there are more than
     * one and not too many, all of them (RunningTotal).
     */
    /** As many are kept; none but the last if there were more. */
    static final int MOST = 64;

    private long count;
    private long lastTimestampMs;
    private double last;
    /** All, from the second on until there are too many. */
    private @Nullable RunningTotal all;

    void add(long timestampMs, double value) {
        keep(1);
        addOne(timestampMs, value);
        count++;
    }

    /** Adds all of another, which must not be empty. */
    void addAll(GaugeSamples other) {
        keep(other.count);
        if (all != null && other.all != null) {
            all.addAll(other.all);
            offerLast(other.lastTimestampMs, other.last);
        } else {
            addOne(other.lastTimestampMs, other.last);
        }
        count += other.count;
    }

    /** The last one: of several at one time the greatest, so that any order of events gives the same. */
    double last() {
        return last;
    }

    /** Time of the last one; 0 if there is none. */
    long lastTimestampMs() {
        return lastTimestampMs;
    }

    /** All, by time; none if there were too many. A view. */
    List<Point> points() {
        if (count == 1) {
            return List.of(new Point(lastTimestampMs, last));
        }
        return all == null ? List.of() : all.points();
    }

    void writeTo(ByteOutput out) {
        out.putZigZag(lastTimestampMs);
        long bits = Double.doubleToRawLongBits(last);
        int length = ByteOutput.leadingBytes(bits);
        out.putByte(length);
        out.putLeading(bits, length);
        if (all != null) {
            all.writeTo(out);
        }
    }

    /**
     * Adds so many that {@link #writeTo} has written, at least one.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    void addFrom(ByteInput in, long added) {
        long timestampMs = in.getZigZag();
        double value = Double.longBitsToDouble(in.getLeading(in.getByte()));
        keep(added);
        if (added == 1) {
            addOne(timestampMs, value);
        } else {
            if (added <= MOST) {
                addAllFrom(in, added);
            }
            offerLast(timestampMs, value);
        }
        count += added;
    }

    private void addAllFrom(ByteInput in, long added) {
        RunningTotal samples = all == null ? new RunningTotal() : all;
        int before = samples.points().size();
        samples.addFrom(in);
        if (samples.points().size() - before != added) {
            throw new IllegalArgumentException(
                    "samples are " + (samples.points().size() - before) + ", must be " + added + ", the count");
        }
    }

    /** Prepares for so many more: that all are kept, or none any more. */
    private void keep(long added) {
        if (count + added > MOST) {
            all = null;
        } else if (all == null && count + added > 1) {
            all = new RunningTotal();
            if (count == 1) {
                all.add(lastTimestampMs, last);
            }
        }
    }

    private void addOne(long timestampMs, double value) {
        if (all != null) {
            all.add(timestampMs, value);
        }
        offerLast(timestampMs, value);
    }

    private void offerLast(long timestampMs, double value) {
        if (count == 0
                || timestampMs > lastTimestampMs
                || (timestampMs == lastTimestampMs && Double.compare(value, last) > 0)) {
            lastTimestampMs = timestampMs;
            last = value;
        }
    }
}
