package dev.weir.benchmarks.sketch;

import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;

/** {@link Sketch} with its compact bytes, which travel between stages. */
final class WeirContender implements Contender {
    static final SketchRange RANGE = SketchRange.of("http_request_duration_seconds", "s");

    private final Sketch sketch = new Sketch(RANGE);
    private final ByteOutput out = new ByteOutput(256);
    private final ByteInput in = new ByteInput();

    Sketch sketch() {
        return sketch;
    }

    @Override
    public void reset() {
        sketch.reset();
    }

    @Override
    public void record(double value) {
        sketch.record(value);
    }

    @Override
    public void merge(Contender other) {
        sketch.merge(((WeirContender) other).sketch);
    }

    @Override
    public byte[] encode() {
        out.clear();
        sketch.writeTo(out);
        return out.toByteArray();
    }

    @Override
    public Contender decode(byte[] encoded) {
        WeirContender decoded = new WeirContender();
        decoded.sketch.mergeFrom(in.wrap(encoded), RANGE);
        return decoded;
    }

    @Override
    public double quantile(double q) {
        return sketch.quantile(q).value();
    }
}
