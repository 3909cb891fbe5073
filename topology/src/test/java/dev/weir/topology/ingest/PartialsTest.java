package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.series.KeyPartition;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PartialsTest {
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
    void packsAreCutNearTheirFullSize() {
        Partials partials = new Partials(Deltas.PARTITIONS, 100_000, (partition, pack) -> {
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
        return new Partials(Deltas.PARTITIONS, most, (partition, pack) -> {
            if (++sent == failAt) {
                throw new IllegalStateException("no broker");
            }
            deltas.add(partition, pack);
        });
    }

    private static IngestSeries series(int number) {
        Series series = Series.of("m", "s", Map.of("n", "" + number), MetricKind.COUNT, null);
        int partition = KeyPartition.of(series.key(), Deltas.PARTITIONS);
        return new IngestSeries(series, SeriesCodec.encode(series), partition, SketchRange.of("m", null), false, true);
    }
}
