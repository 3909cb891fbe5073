package dev.weir.benchmarks.sketch;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Weir's sketch beside others: record into one that is reset, merge a pane into a window, encode, decode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SketchBenchmark {
    private static final int VALUES = 4096;
    /** Panes of 10 s in a window of an hour. */
    static final int PANES = 360;

    private static final long SEED = 42;

    @Param({"weir", "hdr-dense", "hdr-packed", "ddsketch", "t-digest"})
    public String name = "weir";

    /** Different buckets among the values. */
    @Param({"5", "100", "1000"})
    public int buckets;

    private double[] seconds = {};
    private Contender recorded = Contender.named("weir");
    private Contender pane = recorded;
    private Contender window = recorded;
    private byte[] encoded = {};

    @Setup
    public void fill() {
        seconds = Latencies.ofBuckets(buckets, VALUES, SEED);
        recorded = Contender.named(name);
        pane = Contender.named(name);
        window = Contender.named(name);
        for (int i = 0; i < Math.max(buckets, 10); i++) {
            pane.record(seconds[i]);
        }
        encoded = pane.encode();
    }

    /** Nanoseconds a value. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public Contender record() {
        recorded.reset();
        for (double value : seconds) {
            recorded.record(value);
        }
        return recorded;
    }

    /** Nanoseconds a pane. */
    @Benchmark
    @OperationsPerInvocation(PANES)
    public Contender merge() {
        window.reset();
        for (int i = 0; i < PANES; i++) {
            window.merge(pane);
        }
        return window;
    }

    @Benchmark
    public byte[] encode() {
        return pane.encode();
    }

    @Benchmark
    public Contender decode() {
        return pane.decode(encoded);
    }
}
