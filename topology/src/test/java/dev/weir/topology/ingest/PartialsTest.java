package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Observations;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.series.KeyPartition;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PartialsTest {
    private static final Duration PANE = Duration.ofSeconds(10);

    private final Deltas deltas = new Deltas();
    private int sent;
    private int failAt = Integer.MAX_VALUE;

    @Test
    void nothingOpenSendsNothing() {
        Partials partials = partials(10);
        partials.emit();
        assertThat(sent).isZero();
    }

    @Test
    void eachSeriesPaneAndLatenessHasItsOwnPartial() {
        Partials partials = partials(10);
        IngestSeries series = series(1);
        Aggregate first = partials.of(series, 0, false, 1);
        assertThat(partials.of(series, 0, true, 1)).isNotSameAs(first);
        assertThat(partials.of(series, 10_000, false, 1)).isNotSameAs(first);
        assertThat(partials.of(series(2), 0, false, 1)).isNotSameAs(first);
        assertThat(partials.of(series, 0, false, 1)).isSameAs(first);
        assertThat(partials.open()).isEqualTo(4);
    }

    @Test
    void packsGoOutByPaneAndFormerEventsDoNotComeBack() {
        Partials partials = partials(10);
        IngestSeries series = series(1);
        partials.of(series, 20_000, false, 1).record(20_000, 1, null);
        partials.of(series, 10_000, true, 1).record(10_000, 2, null);
        partials.of(series, 10_000, false, 1).record(10_000, 4, null);
        partials.emit();
        assertThat(deltas.packs()).containsExactly("10000", "10000 windows only", "20000");
        assertThat(partials.open()).isZero();
        partials.of(series, 30_000, false, 1).record(30_000, 8, null);
        partials.emit();
        assertThat(deltas.aggregate(series.series().key()).sum()).isEqualTo(15);
        assertThat(deltas.packs()).hasSize(4);
    }

    @Test
    void boundIsHeldByEmission() {
        Partials partials = partials(3);
        for (int i = 0; i < 3; i++) {
            partials.of(series(i), 0, false, 1).record(0, 1, null);
        }
        assertThat(sent).isZero();
        partials.of(series(3), 0, false, 1).record(0, 1, null);
        assertThat(partials.open()).isOne();
        assertThat(deltas.series()).isEqualTo(3);
    }

    @Test
    void whatHasEndedLeavesBeforeTheCommitOnceItIsMany() {
        Partials partials = partials(10_000);
        for (int i = 0; i < Partials.MANY_ENDED - 1; i++) {
            partials.of(series(i), 0, true, 1).record(0, 1, null);
        }
        IngestSeries twice = series(Partials.MANY_ENDED);
        partials.of(twice, 50_000, false, 1).record(0, 1, null);
        partials.of(twice, 60_000, false, 1).record(0, 1, null);
        assertThat(partials.emitEnded(59_999)).isFalse();
        assertThat(sent).isZero();
        assertThat(partials.emitEnded(60_000)).isTrue();
        assertThat(deltas.series()).isEqualTo(Partials.MANY_ENDED);
        assertThat(deltas.packs()).doesNotContain("60000");
        assertThat(partials.open()).isOne();
        // What is open of a series is not lost with what has ended, nor does that come again.
        partials.of(twice, 60_000, false, 1).record(0, 1, null);
        partials.of(twice, 50_000, false, 1).record(0, 1, null);
        partials.emit();
        assertThat(deltas.aggregate(twice.series().key()).count()).isEqualTo(4);
        assertThat(partials.open()).isZero();
    }

    @Test
    void lateEventsOfManySeriesWaitForTheCommit() {
        Partials partials = partials(10_000);
        assertThat(partials.emitEnded(60_000)).isFalse();
        for (int i = 0; i < 2 * Partials.MANY_ENDED; i++) {
            partials.of(series(i), 0, true, 1).record(0, 1, null);
        }
        assertThat(partials.emitEnded(120_000)).isFalse();
        assertThat(sent).isZero();
        partials.emit();
        assertThat(deltas.series()).isEqualTo(2 * Partials.MANY_ENDED);
    }

    @Test
    void lessThanManyWaitsForTheCommit() {
        Partials partials = partials(10_000);
        for (int i = 0; i < Partials.MANY_ENDED - 1; i++) {
            partials.of(series(i), 0, true, 1).record(0, 1, null);
        }
        assertThat(partials.emitEnded(1_000_000)).isFalse();
        assertThat(partials.open()).isEqualTo(Partials.MANY_ENDED - 1);
    }

    @Test
    void observationsOfAnyNumberOfSeriesAreEmittedInTheirPane() {
        Map<Long, Map<Double, Integer>> sumsByPane = new TreeMap<>();
        Partials partials = new Partials(Deltas.PARTITIONS, 10_000, PANE, (partition, pack) -> {
            DeltaPack.Cursor cursor = new DeltaPack.Cursor().open(pack);
            while (cursor.next()) {
                Aggregate aggregate = cursor.aggregate();
                assertThat(aggregate.outcome(Outcome.HIT)).isEqualTo((double) aggregate.count());
                sumsByPane
                        .computeIfAbsent(cursor.startMs(), absent -> new TreeMap<>())
                        .merge(aggregate.sum(), 1, Integer::sum);
            }
        });
        List<IngestSeries> all = new ArrayList<>();
        for (int i = 0; i < Partials.MOST_OBSERVATIONS + 10; i++) {
            all.add(series(i, MetricKind.OBSERVATION));
        }
        double[] sums = new double[2];
        for (int event = 0; event < 2 * Observations.CAPACITY + 5; event++) {
            // Back and forth between two panes, one of which has ended.
            int pane = event % 7 == 0 ? 0 : 1;
            sums[pane] += event;
            for (IngestSeries series : all) {
                series.record(partials.of(series, pane * 10_000L, false, 1), 0, event, Outcome.HIT);
            }
        }
        assertThat(partials.emitEnded(10_000)).isTrue();
        assertThat(sumsByPane).containsExactly(Map.entry(0L, Map.of(sums[0], all.size())));
        partials.emit();
        assertThat(sumsByPane).containsEntry(10_000L, Map.of(sums[1], all.size()));
    }

    @Test
    void packsAreCutNearTheirFullSize() {
        Partials partials = new Partials(Deltas.PARTITIONS, 100_000, PANE, (partition, pack) -> {
            assertThat(pack.length).isLessThan(DeltaPack.FULL_BYTES + 1_000);
            deltas.add(partition, pack);
        });
        for (int i = 0; i < 20_000; i++) {
            partials.of(series(i), 0, false, 1).record(0, i, null);
        }
        partials.emit();
        assertThat(deltas.series()).isEqualTo(20_000);
        assertThat(deltas.packs()).hasSizeGreaterThan(2 * Deltas.PARTITIONS);
    }

    @Test
    void failureHalfWayKeepsWhatHasNotBeenSent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Partials partials = partials(100_000);
        Map<Integer, IngestSeries> known = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                IngestSeries series = known.computeIfAbsent(random.nextInt(300), PartialsTest::series);
                partials.of(series, 10_000L * random.nextInt(3), random.nextBoolean(), 1)
                        .record(0, 1, null);
            }
            failAt = sent + 1 + random.nextInt(6);
            assertThatThrownBy(partials::emit).isInstanceOf(IllegalStateException.class);
            failAt = Integer.MAX_VALUE;
            if (random.nextBoolean()) {
                partials.emit();
            }
        }
        partials.emit();
        double total = known.values().stream()
                .mapToDouble(series -> deltas.aggregate(series.series().key()).sum())
                .sum();
        assertThat(total).as("seed %s", seed).isEqualTo(20 * 500);
    }

    private Partials partials(int most) {
        return new Partials(Deltas.PARTITIONS, most, PANE, (partition, pack) -> {
            if (++sent == failAt) {
                throw new IllegalStateException("no broker");
            }
            deltas.add(partition, pack);
        });
    }

    private static IngestSeries series(int number) {
        return series(number, MetricKind.COUNT);
    }

    private static IngestSeries series(int number, MetricKind kind) {
        Series series = Series.of("m", "s", Map.of("n", "" + number), kind, null);
        int partition = KeyPartition.of(series.key(), Deltas.PARTITIONS);
        return new IngestSeries(series, SeriesCodec.encode(series), partition, SketchRange.of("m", null), false, true);
    }
}
