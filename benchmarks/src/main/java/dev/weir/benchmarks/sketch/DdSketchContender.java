package dev.weir.benchmarks.sketch;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** DDSketch of the error that Weir's buckets have, in its fast unbounded dense form. */
final class DdSketchContender implements Contender {
    private static final double RELATIVE_ACCURACY = 0.0078;

    private final DDSketch sketch;
    private final GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();

    DdSketchContender() {
        this(DDSketches.unboundedDense(RELATIVE_ACCURACY));
    }

    private DdSketchContender(DDSketch sketch) {
        this.sketch = sketch;
    }

    @Override
    public void reset() {
        sketch.clear();
    }

    @Override
    public void record(double value) {
        sketch.accept(value);
    }

    @Override
    public void merge(Contender other) {
        sketch.mergeWith(((DdSketchContender) other).sketch);
    }

    @Override
    public byte[] encode() {
        try {
            out.clear();
            sketch.encode(out, false);
            return out.trimmedCopy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Contender decode(byte[] encoded) {
        try {
            return new DdSketchContender(DDSketch.decode(ByteArrayInput.wrap(encoded), UnboundedSizeDenseStore::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double quantile(double q) {
        return sketch.getValueAtQuantile(q);
    }
}
