package dev.weir.benchmarks.sketch;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.Random;
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

/** What ingest and aggregate do with each event and each pane of a latency, in many series that are visited at random. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AggregateBenchmark {
    private static final int VISITS = 4096;
    /** Events in a window, which then begins again. */
    private static final int LONGEST = 100_000;

    private static final long SEED = 42;

    @Param({"1", "1000", "100000"})
    public int series;

    /** Different buckets in each series. */
    @Param({"5", "100", "1000"})
    public int buckets;

    private double[] seconds = {};
    private int[] order = {};
    private Aggregate[] aggregates = {};
    private byte[] written = {};
    private int at;
    private final ByteInput in = new ByteInput();
    private final ByteOutput out = new ByteOutput(256);

    @Setup
    public void fill() {
        Random random = new Random(SEED);
        seconds = Latencies.ofBuckets(buckets, VISITS, SEED);
        aggregates = new Aggregate[series];
        for (int i = 0; i < series; i++) {
            aggregates[i] = new Aggregate(MetricKind.OBSERVATION, WeirContender.RANGE);
            for (int b = 0; b < buckets; b++) {
                aggregates[i].record(0, seconds[b], Outcome.SUCCESS);
            }
        }
        out.clear();
        aggregates[0].writeTo(out);
        written = out.toByteArray();
        order = random.ints(1 << 20, 0, series).toArray();
    }

    /** Nanoseconds an event. */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public int record() {
        for (double value : seconds) {
            next().record(0, value, Outcome.SUCCESS);
        }
        return at;
    }

    /** Nanoseconds a pane: its bytes, into the aggregate of a window. */
    @Benchmark
    public int mergeFrom() {
        next().mergeFrom(in.wrap(written));
        return at;
    }

    @Benchmark
    public int writeTo() {
        out.clear();
        next().writeTo(out);
        return out.size();
    }

    private Aggregate next() {
        at = (at + 1) & (order.length - 1);
        int series = order[at];
        if (aggregates[series].count() > LONGEST) {
            aggregates[series] = new Aggregate(MetricKind.OBSERVATION, WeirContender.RANGE);
        }
        return aggregates[series];
    }
}
