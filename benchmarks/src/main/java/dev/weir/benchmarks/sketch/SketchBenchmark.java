package dev.weir.benchmarks.sketch;

import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The life of one pane: record its values, encode, decode, merge into a window. Weir's sketch beside a dense HdrHistogram of the same range and digits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SketchBenchmark {
    private static final SketchRange RANGE = SketchRange.of("http_request_duration_seconds", "s");
    private static final int WINDOW_VALUES = 100_000;
    private static final long SEED = 42;

    /** Values in the pane. */
    @Param({"10", "1000"})
    public int values;

    private double[] seconds = new double[0];
    private Sketch sketch = new Sketch(RANGE);
    private Sketch sketchWindow = new Sketch(RANGE);
    private byte[] sketchBytes = new byte[0];
    private Histogram dense = empty();
    private Histogram denseWindow = empty();
    private byte[] denseBytes = new byte[0];

    /** The window already has every bucket that a pane can add to it, so that merging again and again costs the same. */
    @Setup
    public void fill() {
        seconds = Latencies.of(values, SEED);
        sketch = recordSketch();
        sketchBytes = sketch.encode();
        dense = recordDense();
        denseBytes = encodeDense();
        for (double value : Latencies.of(WINDOW_VALUES, SEED + 1)) {
            sketchWindow.record(value);
            denseWindow.recordValue(RANGE.ticks(value));
        }
        sketchWindow.merge(sketch);
        denseWindow.add(dense);
    }

    @Benchmark
    public Sketch recordSketch() {
        Sketch pane = new Sketch(RANGE);
        for (double value : seconds) {
            pane.record(value);
        }
        return pane;
    }

    @Benchmark
    public Histogram recordDense() {
        Histogram pane = empty();
        for (double value : seconds) {
            pane.recordValue(RANGE.ticks(value));
        }
        return pane;
    }

    @Benchmark
    public byte[] encodeSketch() {
        return sketch.encode();
    }

    @Benchmark
    public byte[] encodeDense() {
        ByteBuffer bytes = ByteBuffer.allocate(dense.getNeededByteBufferCapacity());
        byte[] encoded = new byte[dense.encodeIntoByteBuffer(bytes)];
        bytes.flip().get(encoded);
        return encoded;
    }

    @Benchmark
    public Sketch decodeSketch() {
        return Sketch.decode(ByteBuffer.wrap(sketchBytes));
    }

    @Benchmark
    public Histogram decodeDense() {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(denseBytes), 0);
    }

    @Benchmark
    public Sketch mergeSketch() {
        sketchWindow.merge(sketch);
        return sketchWindow;
    }

    @Benchmark
    public Histogram mergeDense() {
        denseWindow.add(dense);
        return denseWindow;
    }

    private static Histogram empty() {
        return new Histogram(1, RANGE.highestTicks(), RANGE.digits());
    }
}
