package dev.weir.benchmarks.ingest;

import dev.weir.topology.ingest.IngestProcessor;
import dev.weir.topology.source.RecordPack;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;
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

/**
 * Events from their bytes into the partials of their series, per event: {@link #record} alone, and {@link
 * #recordAndCommit} with a commit, and so the emission of all partials, after {@value IngestLoad#EVENTS} events.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g"})
public class IngestBenchmark {
    /** Whether each service sends its series in the same order each time. */
    @Param({"true", "false"})
    public boolean ordered;

    /** How many series the events are of. */
    @Param({"1000", "100000"})
    public int series;

    /** Measurements in a record; 1 means single events. */
    @Param({"1", "100"})
    public int batch;

    private final IngestHarness harness = new IngestHarness();
    private final IngestProcessor ingest = harness.start();
    private List<Record<byte[], RecordPack>> packs = List.of();

    @Setup
    public void fill() {
        packs = new IngestLoad(series, batch, ordered).packs();
        recordAndCommit();
        record();
    }

    @Benchmark
    @OperationsPerInvocation(IngestLoad.EVENTS)
    public void record() {
        packs.forEach(ingest::process);
    }

    @Benchmark
    @OperationsPerInvocation(IngestLoad.EVENTS)
    public int recordAndCommit() {
        packs.forEach(ingest::process);
        ingest.beforeCommit();
        return harness.takeForwarded();
    }
}
