package dev.weir.sketch;

import dev.weir.wire.ByteOutput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** HdrHistogram's variable-length signed integers: zig-zag, 7 bits a byte, and all 8 bits of a ninth byte. */
final class ZigZag {
    static final int MAX_BYTES = 9;

    private ZigZag() {}

    static void put(ByteOutput out, long value) {
        long rest = value << 1 ^ value >> 63;
        for (int written = 1; written < MAX_BYTES && rest >>> 7 != 0; written++) {
            out.putByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.putByte((int) rest);
    }

    /** Throws {@link BufferUnderflowException} when the bytes end inside the integer. */
    static long get(ByteBuffer in) {
        long bits = 0;
        int shift = 0;
        for (int read = 1; read < MAX_BYTES; read++) {
            byte next = in.get();
            bits |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return decoded(bits);
            }
            shift += 7;
        }
        return decoded(bits | (long) in.get() << shift);
    }

    private static long decoded(long bits) {
        return bits >>> 1 ^ -(bits & 1);
    }
}
