package dev.weir.benchmarks.sketch;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.List;

/** The merging t-digest of its usual compression, with its small bytes. */
final class TDigestContender implements Contender {
    private static final double COMPRESSION = 100;

    private MergingDigest digest = new MergingDigest(COMPRESSION);

    @Override
    public void reset() {
        digest = new MergingDigest(COMPRESSION);
    }

    @Override
    public void record(double value) {
        digest.add(value, 1);
    }

    @Override
    public void merge(Contender other) {
        digest.add(List.of(((TDigestContender) other).digest));
    }

    @Override
    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(digest.smallByteSize());
        digest.asSmallBytes(bytes);
        byte[] encoded = new byte[bytes.position()];
        bytes.flip().get(encoded);
        return encoded;
    }

    @Override
    public Contender decode(byte[] encoded) {
        TDigestContender decoded = new TDigestContender();
        decoded.digest = MergingDigest.fromBytes(ByteBuffer.wrap(encoded));
        return decoded;
    }

    @Override
    public double quantile(double q) {
        return digest.quantile(q);
    }
}
