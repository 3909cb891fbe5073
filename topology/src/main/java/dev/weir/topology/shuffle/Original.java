package dev.weir.topology.shuffle;

import java.nio.ByteBuffer;

/**
 * The bytes of an input record as a rejected event shows them.
 *
 * @param size length of the value, or -1 if it was null
 * @param bytes the first bytes, as many as the bound allows
 */
public record Original(int size, ByteBuffer bytes) {
    /** The size of a value that is null. */
    public static final int NO_VALUE = -1;

    /** No bytes at hand. */
    public static final Original NONE = new Original(0, ByteBuffer.allocate(0));

    public Original {
        bytes = bytes.asReadOnlyBuffer();
    }
}
