package dev.weir.sketch;

import dev.weir.wire.ByteOutput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** HdrHistogram's V2 encoding, uncompressed, of the buckets of a {@link Sketch}. */
final class SketchCodec {
    /*
     * Layout, big-endian: int cookie, int payload length, int normalizing index offset, int digits, long lowest discernible
     * value, long highest trackable value, double conversion ratio; then the counts from index 0 to the last that is not
     * zero, as zig-zag integers, where -n stands for n zeros. A single zero is written as 0, and so is an empty histogram.
     *
     * Memory of a decode is bounded by the bytes present, not by what they claim: only counts that are there are stored.
     */
    private static final int COOKIE = 0x1c849313;

    static final int HEADER_BYTES = 40;

    private SketchCodec() {}

    static void encode(SketchRange range, BucketCounts buckets, ByteOutput out) {
        int start = out.size();
        out.putInt(COOKIE);
        out.putInt(0);
        out.putInt(0);
        out.putInt(range.digits());
        out.putLong(1);
        out.putLong(range.highestTicks());
        out.putDouble(range.unitsPerTick());
        int next = 0;
        int slots = buckets.slots();
        for (int slot = 0; slot < slots; slot++) {
            long count = buckets.countAt(slot);
            if (count != 0) {
                int index = buckets.indexAt(slot);
                int zeros = index - next;
                if (zeros > 0) {
                    ZigZag.put(out, zeros == 1 ? 0 : -zeros);
                }
                ZigZag.put(out, count);
                next = index + 1;
            }
        }
        if (next == 0) {
            ZigZag.put(out, 0);
        }
        out.setInt(start + Integer.BYTES, out.size() - start - HEADER_BYTES);
    }

    /** Reads one encoded histogram and moves the buffer behind it; on failure the buffer is left where it was. */
    static Sketch decode(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        int available = in.remaining() - HEADER_BYTES;
        if (available < 0) {
            throw malformed("length is " + in.remaining() + " bytes, must be >= " + HEADER_BYTES);
        }
        require("cookie", in.getInt(), COOKIE);
        int payload = in.getInt();
        if (payload < 0 || payload > available) {
            throw malformed("payload length is " + payload + ", must be 0 to the " + available + " bytes that follow");
        }
        require("normalizing index offset", in.getInt(), 0);
        Sketch sketch = new Sketch(range(in));
        in.limit(in.position() + payload);
        try {
            readCounts(in, sketch);
        } catch (BufferUnderflowException endInsideCount) {
            throw new IllegalArgumentException("sketch is malformed: payload ends inside a count", endInsideCount);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("sketch is malformed: sum of counts is above 2^63 - 1", overflow);
        }
        bytes.position(in.position());
        return sketch;
    }

    private static SketchRange range(ByteBuffer in) {
        int digits = in.getInt();
        require("lowest discernible value", in.getLong(), 1);
        long highest = in.getLong();
        double ratio = in.getDouble();
        try {
            return SketchRange.ofRatio(ratio, highest, digits);
        } catch (IllegalArgumentException outOfRange) {
            throw new IllegalArgumentException("sketch is malformed: " + outOfRange.getMessage(), outOfRange);
        }
    }

    private static void readCounts(ByteBuffer in, Sketch sketch) {
        int limit = sketch.bucketLimit();
        int index = 0;
        while (in.hasRemaining()) {
            long count = ZigZag.get(in);
            long next = count < 0 ? index - Math.max(count, Integer.MIN_VALUE) : index + 1L;
            if (next > limit) {
                throw malformed("bucket index is " + (next - 1) + ", must be < " + limit);
            }
            if (count > 0) {
                sketch.append(index, count);
            }
            index = (int) next;
        }
    }

    private static void require(String what, long value, long expected) {
        if (value != expected) {
            throw malformed(what + " is " + value + ", must be " + expected);
        }
    }

    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException("sketch is malformed: " + reason);
    }
}
