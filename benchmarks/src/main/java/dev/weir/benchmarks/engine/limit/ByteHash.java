package dev.weir.benchmarks.engine.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of ranges of bytes, eight at a time; the last word overlaps the one before. Stateless. */
final class ByteHash {
    static final long SEED = 0x2545F4914F6CDD1DL;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int BYTE_MASK = 0xff;

    private ByteHash() {}

    static long of(long seed, byte[] bytes, int from, int to) {
        long hash = seed ^ (to - from);
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash, (long) LONGS.get(bytes, at));
        }
        if (at < to && to - from >= Long.BYTES) {
            return mix(hash, (long) LONGS.get(bytes, to - Long.BYTES));
        }
        for (; at < to; at++) {
            hash = mix(hash, bytes[at] & BYTE_MASK);
        }
        return hash;
    }

    private static long mix(long hash, long word) {
        long product = (hash ^ word) * MULTIPLIER;
        return product ^ (product >>> 32);
    }
}
