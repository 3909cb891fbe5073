package dev.weir.topology.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * A hash of a range of bytes that reads eight at a time. Not for anything that is stored: it may change, and it differs
 * between processes, so that nobody can prepare series that collide.
 */
public final class BytesHash {
    /*
     * Each word is mixed in by a multiplication of 64 × 64 bits whose high half is folded onto its low one, the step of
     * wyhash (Wang Yi, 2019). The last 1 to 8 bytes are read as one word that overlaps with the one before.
     */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0xa076_1d64_78bd_642fL;
    private static final long LENGTH_MULTIPLIER = 0xe703_7ed1_a0b4_28dbL;
    private static final long SEED = new SplittableRandom().nextLong() | 1;

    private BytesHash() {}

    public static long of(byte[] bytes, int from, int to) {
        return add(SEED, bytes, from, to);
    }

    /** Continues {@code hash}, that of the bytes before, with a further range. */
    public static long add(long hash, byte[] bytes, int from, int to) {
        int length = to - from;
        long mixed = hash ^ length * LENGTH_MULTIPLIER;
        if (length < Long.BYTES) {
            return mix(mixed ^ few(bytes, from, to));
        }
        int last = to - Long.BYTES;
        for (int i = from; i < last; i += Long.BYTES) {
            mixed = mix(mixed ^ (long) LONGS.get(bytes, i));
        }
        return mix(mixed ^ (long) LONGS.get(bytes, last));
    }

    private static long few(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
        }
        return word;
    }

    private static long mix(long word) {
        return word * MULTIPLIER ^ Math.multiplyHigh(word, MULTIPLIER);
    }
}
