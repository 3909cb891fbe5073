package dev.weir.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads what {@link ByteOutput} wrote, from any range of an array.
 *
 * <p>Every method that reads throws {@link IllegalArgumentException} if the bytes end before the value does. Not thread-safe.
 */
public final class ByteInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_SHIFT = 63;

    private byte[] bytes = {};
    private int position;
    private int end;

    /** Reads {@code [from, to)} of an array from now on. */
    public ByteInput wrap(byte[] source, int from, int to) {
        if (from < 0 || to < from || to > source.length) {
            throw new IllegalArgumentException(
                    "range is [" + from + ", " + to + "), must lie in [0, " + source.length + ")");
        }
        bytes = source;
        position = from;
        end = to;
        return this;
    }

    public ByteInput wrap(byte[] source) {
        return wrap(source, 0, source.length);
    }

    public byte[] array() {
        return bytes;
    }

    /** Index in the array of the next byte. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public byte getByte() {
        require(1);
        return bytes[position++];
    }

    public long getLong() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    public long getVarLong() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("integer at byte " + position + " has more than 64 bits");
    }

    public long getZigZag() {
        long bits = getVarLong();
        return bits >>> 1 ^ -(bits & 1);
    }

    /** A length that was written with {@link ByteOutput#putVarLong} and is followed by that many bytes at least. */
    public int getLength() {
        long length = getVarLong();
        if (length < 0 || length > remaining()) {
            throw new IllegalArgumentException(
                    "length is " + length + ", must be 0 to the " + remaining() + " bytes that follow");
        }
        return (int) length;
    }

    /** Moves behind so many bytes and returns where they begin. */
    public int skip(int length) {
        require(length);
        int from = position;
        position += length;
        return from;
    }

    private void require(int length) {
        if (length < 0 || length > end - position) {
            throw new IllegalArgumentException(
                    "bytes end at " + end + ", must hold " + length + " more from " + position);
        }
    }
}
