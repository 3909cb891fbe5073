package dev.weir.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AggregateTest {
    private static final SketchRange SECONDS = SketchRange.of("request_seconds", null);

    @ParameterizedTest
    @EnumSource
    void anySplitAndOrderOfEventsGivesTheSameBytes(MetricKind kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Point> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(new Point(random.nextInt(10_000), random.nextInt(5_000) / 1_000.0));
        }
        Aggregate inOrder = aggregateOf(kind, events);
        Collections.shuffle(events, random);
        int split = random.nextInt(events.size());
        Aggregate merged = aggregateOf(kind, events.subList(split, events.size()));
        merged.merge(aggregateOf(kind, events.subList(0, split)));

        assertThat(merged.encode()).as("seed %s", seed).isEqualTo(inOrder.encode());
        assertThat(Aggregate.decode(ByteBuffer.wrap(merged.encode())).encode()).isEqualTo(inOrder.encode());
    }

    @Test
    void countAddsIncrementsAndSplitsThemByOutcome() {
        Aggregate count = new Aggregate(MetricKind.COUNT, SECONDS);
        count.record(0, 2, Outcome.HIT);
        count.record(1, 3, Outcome.MISS);
        count.record(2, 5, Outcome.HIT);
        assertThat(count.sum()).isEqualTo(10);
        assertThat(count.count()).isEqualTo(3);
        assertThat(count.outcome(Outcome.HIT)).isEqualTo(7);
        assertThat(count.outcome(Outcome.ERROR)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, NaN, NaN",
        "NaN, 1, NaN",
        "Infinity, NaN, NaN",
        "1, Infinity, Infinity",
        "-Infinity, 1, -Infinity",
        "Infinity, Infinity, Infinity",
        "-Infinity, Infinity, NaN",
        "1, 2, 3"
    })
    void gaugeTakesWhatIsNoFiniteNumber(double first, double second, Double sum) {
        Aggregate gauge = new Aggregate(MetricKind.GAUGE, SECONDS);
        gauge.record(1, first, null);
        gauge.record(2, second, null);
        assertThat(List.of(gauge.sum())).containsOnly(sum);
        assertThat(gauge.last()).hasValue(second);
        assertThat(gauge.min()).isEqualTo(Double.valueOf(Math.min(first, second)));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0x7ff0_0000_0000_0002L, 0x7ff8_0000_0000_0000L, 0x7ff0_0000_0000_0000L, 0xfff0_0000_0000_0000L})
    void soleValueOfAGaugeKeepsItsBits(long bits) {
        Aggregate gauge = new Aggregate(MetricKind.GAUGE, SECONDS);
        gauge.record(1, Double.longBitsToDouble(bits), null);
        Aggregate read = Aggregate.decode(ByteBuffer.wrap(gauge.encode()));
        assertThat(Double.doubleToRawLongBits(read.last().orElseThrow())).isEqualTo(bits);
        assertThat(read.encode()).isEqualTo(gauge.encode());
    }

    @Test
    void runningTotalCountsAResetFromZero() {
        Aggregate total = new Aggregate(MetricKind.CUMULATIVE, SECONDS);
        total.record(30, 2, null);
        total.record(10, 100, null);
        total.record(20, 107, null);
        total.record(40, 6, null);
        assertThat(total.sum()).isEqualTo(7 + 2 + 4);
        assertThat(total.last()).hasValue(6);
    }

    @Test
    void longRunningTotalKeepsItsIncreaseWithinTheBound() {
        Aggregate total = new Aggregate(MetricKind.CUMULATIVE, SECONDS);
        for (int i = 0; i < 10_000; i++) {
            total.record(i, i % 1_000, null);
        }
        assertThat(total.sum()).isEqualTo(9_990);
        assertThat(total.points()).hasSizeLessThanOrEqualTo(RunningTotal.MAX_POINTS);
    }

    @Test
    void gaugeKeepsAllSamplesOrNone() {
        Aggregate gauge = new Aggregate(MetricKind.GAUGE, SECONDS);
        assertThat(gauge.points()).isEmpty();
        for (int i = 0; i < Aggregate.MAX_GAUGE_SAMPLES; i++) {
            gauge.record(1_000 - i, i, null);
            assertThat(gauge.points()).hasSize(i + 1).isSorted();
        }
        Aggregate other = new Aggregate(MetricKind.GAUGE, SECONDS);
        other.record(5, 7, null);
        other.merge(gauge);
        assertThat(other.points()).isEmpty();
        assertThat(other.count()).isEqualTo(Aggregate.MAX_GAUGE_SAMPLES + 1);
        other.record(6, 7, null);
        assertThat(other.points()).isEmpty();
    }

    @Test
    void gaugeKeepsTheLatestByEventTime() {
        Aggregate gauge = new Aggregate(MetricKind.GAUGE, SECONDS);
        gauge.record(20, -4, null);
        gauge.record(10, 9, null);
        assertThat(gauge.last()).hasValue(-4);
        assertThat(gauge.lastTimestampMs()).isEqualTo(20);
        assertThat(gauge.min()).isEqualTo(-4);
        assertThat(gauge.max()).isEqualTo(9);
    }

    @Test
    void histogramOfAServiceCountsEachObservation() {
        Sketch observed = new Sketch(SECONDS);
        observed.record(0.1);
        observed.record(0.2);
        Aggregate aggregate = new Aggregate(MetricKind.OBSERVATION, SECONDS);
        aggregate.record(observed, 0.3, Outcome.SUCCESS);
        assertThat(aggregate.count()).isEqualTo(2);
        assertThat(aggregate.sum()).isEqualTo(0.3);
        assertThat(aggregate.outcome(Outcome.SUCCESS)).isEqualTo(2);
    }

    @Test
    void kindsDoNotMerge() {
        assertThatThrownBy(
                        () -> new Aggregate(MetricKind.COUNT, SECONDS).merge(new Aggregate(MetricKind.GAUGE, SECONDS)))
                .hasMessage("kind is GAUGE, must be COUNT to merge");
    }

    private static Aggregate aggregateOf(MetricKind kind, List<Point> events) {
        Aggregate aggregate = new Aggregate(kind, SECONDS);
        events.forEach(event -> aggregate.record(event.timestampMs(), event.value(), Outcome.SUCCESS));
        return aggregate;
    }
}
