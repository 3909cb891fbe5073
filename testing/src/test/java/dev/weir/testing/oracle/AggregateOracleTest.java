package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The product's aggregate and the oracle, which share no arithmetic, over random events of every kind. */
final class AggregateOracleTest {
    private static final int EVENTS = 20_000;
    private static final int SPAN_MS = 7_200_000;
    private static final String METRIC = "work_seconds";
    private static final List<MetricKind> KINDS = List.of(MetricKind.values());
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final WindowOracle oracle = new WindowOracle();
    private final Map<Window, Aggregate> aggregates = new HashMap<>();

    @Test
    void aggregateOfRandomEventsInAnyOrderEqualsTheRecomputation() {
        long seed = Long.getLong("weir.test.seed", new Random().nextLong());
        System.out.println("AggregateOracleTest: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < EVENTS; i++) {
            add(random);
        }
        List<WindowAggregate> published = new ArrayList<>();
        aggregates.forEach((window, aggregate) -> published.add(published(window, aggregate)));
        Comparison comparison = oracle.compare(published, Published.START.plusMillis(SPAN_MS));
        assertThat(comparison.first()).isEmpty();
        assertThat(comparison.windows()).isEqualTo(aggregates.size());
    }

    private void add(Random random) {
        MetricKind kind = KINDS.get(random.nextInt(KINDS.size()));
        String service = kind.name() + random.nextInt(3);
        // Cumulative samples often share a time, as ties decide what is a reset.
        int step = kind == MetricKind.CUMULATIVE ? 500 : 1;
        long timestampMs = Published.START.toEpochMilli() + random.nextInt(SPAN_MS / step) * (long) step;
        double value = value(kind, random);
        Outcome outcome = random.nextBoolean() ? null : OUTCOMES.get(random.nextInt(OUTCOMES.size()));
        oracle.add(METRIC, service, Map.of(), kind, null, timestampMs, value, outcome);
        for (WindowSize size : WindowSize.values()) {
            Window window = new Window(kind, service, size, size.startOf(timestampMs));
            aggregates
                    .computeIfAbsent(window, absent -> empty(kind))
                    .merge(Aggregate.decode(ByteBuffer.wrap(one(kind, timestampMs, value, outcome))));
        }
    }

    private static double value(MetricKind kind, Random random) {
        return switch (kind) {
            case COUNT -> random.nextBoolean() ? random.nextDouble() : random.nextInt(5);
            case OBSERVATION -> random.nextInt(100) == 0 ? 5000 * random.nextDouble() : Math.exp(random.nextGaussian());
            case GAUGE -> 1000 * random.nextGaussian();
            case CUMULATIVE -> random.nextInt(1000) / 8.0;
        };
    }

    private static Aggregate empty(MetricKind kind) {
        return new Aggregate(kind, SketchRange.of(METRIC, null));
    }

    private static byte[] one(MetricKind kind, long timestampMs, double value, @Nullable Outcome outcome) {
        Aggregate one = empty(kind);
        one.record(timestampMs, value, outcome);
        return one.encode();
    }

    private static WindowAggregate published(Window window, Aggregate aggregate) {
        MetricKind kind = window.kind();
        boolean rateOfSum = kind == MetricKind.COUNT || kind == MetricKind.CUMULATIVE;
        Sketch sketch = aggregate.sketch();
        return new WindowAggregate(
                METRIC,
                window.service(),
                Map.of(),
                kind,
                null,
                Instant.ofEpochMilli(window.startMs()),
                Instant.ofEpochMilli(window.startMs() + window.size().millis()),
                aggregate.count(),
                aggregate.sum(),
                aggregate.min(),
                aggregate.max(),
                aggregate.last().isPresent() ? (Double) aggregate.last().getAsDouble() : null,
                (rateOfSum ? aggregate.sum() : aggregate.count())
                        / window.size().seconds(),
                (long) aggregate.outcome(Outcome.SUCCESS),
                (long) aggregate.outcome(Outcome.ERROR),
                (long) aggregate.outcome(Outcome.HIT),
                (long) aggregate.outcome(Outcome.MISS),
                ratio(aggregate.outcome(Outcome.ERROR), aggregate.outcome(Outcome.SUCCESS)),
                ratio(aggregate.outcome(Outcome.HIT), aggregate.outcome(Outcome.MISS)),
                sketch == null ? List.of() : quantiles(sketch),
                sketch == null ? null : ByteBuffer.wrap(sketch.encode()),
                true,
                0L,
                null,
                null);
    }

    private static @Nullable Double ratio(double part, double other) {
        return part + other == 0 ? null : (Double) (part / (part + other));
    }

    private static List<QuantileValue> quantiles(Sketch sketch) {
        return DoubleStream.of(0.5, 0.9, 0.95, 0.99)
                .mapToObj(sketch::quantile)
                .map(q -> new QuantileValue(q.q(), q.value(), q.low(), q.high()))
                .toList();
    }

    private record Window(MetricKind kind, String service, WindowSize size, long startMs) {}
}
