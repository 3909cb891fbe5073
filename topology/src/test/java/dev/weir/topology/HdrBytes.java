package dev.weir.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The V2 bytes of stock HdrHistograms, with the value of one tick that only its double histograms can set. */
final class HdrBytes {
    private static final int RATIO_OFFSET = 32;

    private HdrBytes() {}

    static byte[] of(Histogram histogram, double unitsPerTick) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(bytes);
        bytes.putDouble(RATIO_OFFSET, unitsPerTick);
        return Arrays.copyOf(bytes.array(), length);
    }
}
