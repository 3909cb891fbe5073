package dev.weir.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written one after the other into an array that grows and is used again. Big-endian. Not thread-safe. */
public final class ByteOutput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_VAR_BYTES = 10;

    private byte[] bytes;
    private int size;

    public ByteOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /** Forgets what was written and keeps the array. */
    public void clear() {
        size = 0;
    }

    /** Forgets what was written after the first {@code newSize} bytes. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("size is " + newSize + ", must be 0 to " + size);
        }
        size = newSize;
    }

    public int size() {
        return size;
    }

    /** The array itself, of which the first {@link #size()} bytes count; replaced when it grows. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /** Writes over four bytes that were written before, from {@code at} on. */
    public void setInt(int at, int value) {
        if (at < 0 || at > size - Integer.BYTES) {
            throw new IllegalArgumentException("position is " + at + ", must be 0 to " + (size - Integer.BYTES));
        }
        INT.set(bytes, at, value);
    }

    public void putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    public void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    /** Seven bits a byte, the lowest first: small values are short, and a negative one takes ten bytes. */
    public void putVarLong(long value) {
        if ((value & ~0x7fL) == 0 && size < bytes.length) {
            bytes[size++] = (byte) value;
        } else {
            putLongerVarLong(value);
        }
    }

    private void putLongerVarLong(long value) {
        ensure(MAX_VAR_BYTES);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** How many bytes, 0 to 8, {@link #putLeading} needs for a number: those before its trailing zeros. */
    public static int leadingBytes(long value) {
        return Long.BYTES - Math.min(Long.numberOfTrailingZeros(value), Long.SIZE) / Byte.SIZE;
    }

    /** The highest {@code length} bytes of a number: the bits of a short decimal or whole double are few and all in front. */
    public void putLeading(long value, int length) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += length;
    }

    /** Zig-zag, so that small negative values are short too. */
    public void putZigZag(long value) {
        putVarLong(value << 1 ^ value >> 63);
    }

    /** A text as UTF-8, behind its length. */
    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarLong(utf8.length);
        putBytes(utf8, 0, utf8.length);
    }

    public void putBytes(byte[] source, int from, int to) {
        int length = to - from;
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends what remains of a buffer, which stays as it is. */
    public void putBytes(ByteBuffer source) {
        int length = source.remaining();
        ensure(length);
        source.get(source.position(), bytes, size, length);
        size += length;
    }

    /** The array, with room for so many bytes more, for who writes them by himself and then says so: {@link #wrote}. */
    public byte[] room(int more) {
        ensure(more);
        return bytes;
    }

    /** All before {@code end} has been written. */
    public void wrote(int end) {
        if (end < size || end > bytes.length) {
            throw new IllegalArgumentException("end is " + end + ", must be " + size + " to " + bytes.length);
        }
        size = end;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
