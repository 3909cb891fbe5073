package dev.weir.benchmarks.publisher;

import dev.weir.events.Outcome;
import dev.weir.publisher.Latency;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One latency recorded: by Weir's publisher, beside a broker that takes what it sends, and by Micrometer's Prometheus registry. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LatencyBenchmark {
    static final int VALUES = 4096;

    /** Durations in nanoseconds, between 1 and 33 ms. */
    @State(Scope.Thread)
    public static class Durations {
        private final long[] nanos = new long[VALUES];

        @Setup
        public void fill() {
            for (int i = 0; i < VALUES; i++) {
                nanos[i] = 1_000_000 + (i * 7_919L % VALUES) * 7_919;
            }
        }
    }

    /** Waits until nothing is left to send, so that recording is measured and not dropping. */
    @State(Scope.Thread)
    public static class Drained {
        @Setup(Level.Invocation)
        public void await(Timers timers) {
            while (timers.publisher().bufferedBytes() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void weirHistogram(Timers timers, Durations durations) {
        Latency timer = timers.histogram();
        for (long nanos : durations.nanos) {
            timer.record(nanos, Outcome.SUCCESS);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void weirEach(Timers timers, Durations durations, Drained drained) {
        Latency timer = timers.each();
        for (long nanos : durations.nanos) {
            timer.record(nanos, Outcome.SUCCESS);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void weirMicrometer(Timers timers, Durations durations) {
        Timer timer = timers.micrometer();
        for (long nanos : durations.nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Count, sum and maximum: no percentile. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void prometheus(Timers timers, Durations durations) {
        Timer timer = timers.prometheus();
        for (long nanos : durations.nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void prometheusHistogram(Timers timers, Durations durations) {
        Timer timer = timers.prometheusHistogram();
        for (long nanos : durations.nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
