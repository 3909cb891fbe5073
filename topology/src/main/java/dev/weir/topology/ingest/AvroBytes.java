package dev.weir.topology.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads Avro's binary encoding from a range of an array, without objects.
 *
 * <p>Stricter than Avro's own decoder, never more lenient: what it accepts, Avro reads alike; what it refuses may still be
 * good. Not thread-safe.
 */
final class AvroBytes {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LAST_SHIFT = 63;

    private byte[] bytes = {};
    private int position;
    private int end;

    void wrap(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        end = to;
    }

    int position() {
        return position;
    }

    /** Goes back, or on, to where a field begins. */
    void position(int from) {
        position = from;
    }

    boolean isAtEnd() {
        return position == end;
    }

    /** An int or long. */
    long getLong() throws MalformedException {
        if (position == end) {
            throw new MalformedException();
        }
        byte first = bytes[position];
        if (first >= 0) {
            position++;
            long bits = first;
            return bits >>> 1 ^ -(bits & 1);
        }
        return getLonger();
    }

    private long getLonger() throws MalformedException {
        int at = position;
        long bits = 0;
        for (int shift = 0; shift <= LAST_SHIFT && at < end; shift += 7) {
            byte next = bytes[at++];
            bits |= (next & 0x7fL) << shift;
            if (next >= 0) {
                position = at;
                return bits >>> 1 ^ -(bits & 1);
            }
        }
        throw new MalformedException();
    }

    /** The index of an enum's symbol or a union's branch, of so many. */
    int getIndex(int count) throws MalformedException {
        int next = position == end ? -1 : bytes[position++];
        if (next < 0 || (next & 1) != 0 || next >>> 1 >= count) {
            throw new MalformedException();
        }
        return next >>> 1;
    }

    double getDouble() throws MalformedException {
        return (double) DOUBLE.get(bytes, skip(Double.BYTES));
    }

    /** Moves behind a string or bytes and returns where its content begins. */
    int skipText() throws MalformedException {
        return skip(getLong());
    }

    /** Moves behind a map of strings. */
    void skipTexts() throws MalformedException {
        for (long count = getCount(); count > 0; count = getCount()) {
            for (long i = 0; i < count; i++) {
                skipText();
                skipText();
            }
        }
    }

    /** Moves behind these bytes if they come next. */
    boolean skipIf(byte[] expected, int from, int to) {
        int behind = position + to - from;
        if (behind <= end && Arrays.equals(bytes, position, behind, expected, from, to)) {
            position = behind;
            return true;
        }
        return false;
    }

    String getText() throws MalformedException {
        int from = skipText();
        return new String(bytes, from, position - from, StandardCharsets.UTF_8);
    }

    /** Adds the entries of a map of strings to another one. */
    void getTexts(Map<String, String> target) throws MalformedException {
        for (long count = getCount(); count > 0; count = getCount()) {
            for (long i = 0; i < count; i++) {
                target.put(getText(), getText());
            }
        }
    }

    /** The number of items in the next block of an array or map; 0 at its end. A block may tell its size in bytes, which is ignored. */
    long getCount() throws MalformedException {
        long count = getLong();
        if (count >= 0) {
            return count;
        }
        if (getLong() < 0 || count == Long.MIN_VALUE) {
            throw new MalformedException();
        }
        return -count;
    }

    private int skip(long length) throws MalformedException {
        if (length < 0 || length > end - position) {
            throw new MalformedException();
        }
        int from = position;
        position += (int) length;
        return from;
    }
}
