package dev.weir.benchmarks.sketch;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/** Stock HdrHistogram of Weir's range, dense or packed, with its V2 bytes. */
final class HdrContender implements Contender {
    private final Supplier<AbstractHistogram> empty;
    private final boolean packed;
    private final AbstractHistogram histogram;

    private HdrContender(Supplier<AbstractHistogram> empty, boolean packed, AbstractHistogram histogram) {
        this.empty = empty;
        this.packed = packed;
        this.histogram = histogram;
    }

    static Contender dense() {
        Supplier<AbstractHistogram> empty =
                () -> new Histogram(1, WeirContender.RANGE.highestTicks(), WeirContender.RANGE.digits());
        return new HdrContender(empty, false, empty.get());
    }

    static Contender packed() {
        Supplier<AbstractHistogram> empty =
                () -> new PackedHistogram(1, WeirContender.RANGE.highestTicks(), WeirContender.RANGE.digits());
        return new HdrContender(empty, true, empty.get());
    }

    @Override
    public void reset() {
        histogram.reset();
    }

    @Override
    public void record(double value) {
        histogram.recordValue(WeirContender.RANGE.ticks(value));
    }

    @Override
    public void merge(Contender other) {
        histogram.add(((HdrContender) other).histogram);
    }

    @Override
    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        byte[] encoded = new byte[histogram.encodeIntoByteBuffer(bytes)];
        bytes.flip().get(encoded);
        return encoded;
    }

    @Override
    public Contender decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        AbstractHistogram decoded =
                packed ? PackedHistogram.decodeFromByteBuffer(bytes, 0) : Histogram.decodeFromByteBuffer(bytes, 0);
        return new HdrContender(empty, packed, decoded);
    }

    @Override
    public double quantile(double q) {
        return histogram.getValueAtPercentile(100 * q) / WeirContender.RANGE.ticksPerUnit();
    }
}
