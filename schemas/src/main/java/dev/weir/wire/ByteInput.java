package dev.weir.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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
        if (position < end) {
            byte only = bytes[position];
            if (only >= 0) {
                position++;
                return only;
            }
        }
        return getLongerVarLong();
    }

    // Apart, so that the usual case of one byte is small enough to be inlined where it is called.
    private long getLongerVarLong() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("integer before byte " + position + " has more than 64 bits");
    }

    /** A number that {@link ByteOutput#putLeading} wrote in so many bytes, 0 to 8. */
    public long getLeading(int length) {
        require(length);
        if (length > Long.BYTES) {
            throw new IllegalArgumentException("length of a number is " + length + ", must be 0 to " + Long.BYTES);
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[position++] & 0xffL) << (Long.SIZE - Byte.SIZE * (i + 1));
        }
        return value;
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

    /** A text that {@link ByteOutput#putText} wrote. */
    public String getText() {
        int length = getLength();
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
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
