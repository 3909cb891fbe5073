package dev.weir.testing.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.sketch.Sketch;
import dev.weir.testing.flood.FaultlessStream.Event;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.testing.oracle.OutputCheck;
import dev.weir.testing.oracle.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One event of a million that is lost, doubled or a bucket off must not go unseen. */
final class OneInAMillionTest {
    private static final int EVENTS = 1_000_000;
    private static final int SERIES = 50;
    private static final FloodPlan PLAN = new FloodPlan(
            20_261_122,
            SERIES,
            EVENTS,
            Instant.parse("2026-01-01T10:40:00Z"),
            Instant.parse("2026-01-01T11:00:00Z"),
            false);

    private static final IntegerTruth TRUTH = new IntegerTruth();
    private static final List<List<Event>> EVENTS_OF = new ArrayList<>();
    private static final List<List<WindowAggregate>> WINDOWS = new ArrayList<>();
    private static final Map<RejectReason, Long> REJECTS = Map.of(RejectReason.LATE, 3L, RejectReason.FUTURE, 1L);

    /** The events that a flood makes, each measured once more by Weir's own aggregate. */
    @BeforeAll
    static void fill() {
        for (int s = 0; s < SERIES; s++) {
            FloodSeries series = new FloodSeries(PLAN.seed(), s);
            var truth = TRUTH.series(series.metric(), series.service(), series.labels(), series.kind(), series.unit());
            List<Event> events = new ArrayList<>();
            for (long i = 0; i < EVENTS / SERIES; i++) {
                long timeMs = PLAN.timeMs(i * SERIES + s) - (series.bits(i, 4) >>> 1) % 1_900;
                long parts = series.parts(i, timeMs);
                truth.add(timeMs, parts, series.outcome(i));
                events.add(new Event(series, timeMs, IntegerTruth.value(parts), series.outcome(i)));
            }
            EVENTS_OF.add(events);
            WINDOWS.add(FaultlessStream.windows(series, events));
        }
        REJECTS.forEach((reason, count) -> {
            for (long i = 0; i < count; i++) {
                TRUTH.reject(reason);
            }
        });
    }

    @Test
    void faultlessOutputIsExact() {
        Verdict verdict = output(0, WINDOWS.get(0)).compare(TRUTH);
        assertThat(verdict.comparison().first()).isEmpty();
        assertThat(verdict.matches()).isTrue();
        assertThat(TRUTH.accepted()).isEqualTo(EVENTS);
        assertThat(verdict.comparison().windows()).isGreaterThan(1_000);
    }

    @Test
    void oneLostEventIsSeen() {
        Verdict verdict = output(4, windows(4, OneInAMillionTest::lose)).compare(TRUTH);
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.duplicated()).isZero();
        assertThat(verdict.comparison().first()).anyMatch(text -> text.startsWith("count is "));
    }

    @Test
    void oneDuplicatedEventIsSeen() {
        Verdict verdict = output(0, windows(0, OneInAMillionTest::duplicate)).compare(TRUTH);
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.comparison().first()).anyMatch(text -> text.startsWith("sketch count is "));
    }

    @Test
    void oneLostAndOneDuplicatedEventOfEachShapeAreSeen() {
        OutputCheck output = new OutputCheck();
        WINDOWS.subList(FloodSeries.SHAPES, SERIES).forEach(windows -> windows.forEach(output::window));
        for (int s = 0; s < FloodSeries.SHAPES; s++) {
            windows(s, events -> duplicate(lose(events))).forEach(output::window);
        }
        FaultlessStream.reject(REJECTS, output);
        Verdict verdict = output.compare(TRUTH);
        assertThat(verdict.lost()).isEqualTo(FloodSeries.SHAPES);
        assertThat(verdict.duplicated()).isEqualTo(FloodSeries.SHAPES);
    }

    @Test
    void oneEventInTheNextBucketIsSeen() {
        List<WindowAggregate.Builder> builders =
                FaultlessStream.builders(new FloodSeries(PLAN.seed(), 0), EVENTS_OF.get(0));
        WindowAggregate.Builder victim = builders.get(builders.size() / 2);
        victim.setSketch(shifted(victim.getSketch()));
        List<WindowAggregate> windows =
                builders.stream().map(WindowAggregate.Builder::build).toList();
        Verdict verdict = output(0, windows).compare(TRUTH);
        assertThat(verdict.matches()).isFalse();
        assertThat(verdict.comparison().first()).singleElement().asString().startsWith("sketch bucket is ");
    }

    @Test
    void oneLostOrDoubledRejectIsSeen() {
        OutputCheck lossy = new OutputCheck();
        WINDOWS.forEach(windows -> windows.forEach(lossy::window));
        FaultlessStream.reject(Map.of(RejectReason.LATE, 2L, RejectReason.FUTURE, 1L), lossy);
        assertThat(lossy.compare(TRUTH).lost()).isEqualTo(1);

        OutputCheck doubled = output(0, WINDOWS.get(0));
        doubled.rejected(FaultlessStream.rejected(RejectReason.LATE, 0));
        Verdict verdict = doubled.compare(TRUTH);
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.matches()).isFalse();
    }

    @Test
    void revisionPublishedTwiceIsSeen() {
        OutputCheck output = output(0, WINDOWS.get(0));
        output.window(WINDOWS.get(0).get(0));
        assertThat(output.compare(TRUTH).comparison().first())
                .singleElement()
                .asString()
                .startsWith("revision 0 is published twice, the same");
    }

    @Test
    void missingAndSurplusWindowsAreSeen() {
        WindowAggregate.Builder minute = FaultlessStream.builders(new FloodSeries(PLAN.seed(), 0), EVENTS_OF.get(0))
                .get(0);
        Instant elsewhere = minute.getWindowStart().minus(Duration.ofDays(1));
        List<WindowAggregate> windows = new ArrayList<>(WINDOWS.get(0));
        windows.set(
                0,
                minute.setWindowStart(elsewhere)
                        .setWindowEnd(elsewhere.plus(Duration.ofMinutes(1)))
                        .build());
        Verdict verdict = output(0, windows).compare(TRUTH);
        assertThat(verdict.lost()).isEqualTo(minute.getCount());
        assertThat(verdict.duplicated()).isEqualTo(minute.getCount());
        assertThat(verdict.comparison().mismatches()).isEqualTo(2);
    }

    private static List<WindowAggregate> windows(int series, UnaryOperator<List<Event>> edit) {
        return FaultlessStream.windows(new FloodSeries(PLAN.seed(), series), edit.apply(EVENTS_OF.get(series)));
    }

    private static List<Event> lose(List<Event> events) {
        List<Event> lossy = new ArrayList<>(events);
        lossy.remove(lossy.size() / 3);
        return lossy;
    }

    private static List<Event> duplicate(List<Event> events) {
        List<Event> doubled = new ArrayList<>(events);
        doubled.add(doubled.get(doubled.size() * 2 / 3));
        return doubled;
    }

    /** All windows and rejects, those of one series as given. */
    private static OutputCheck output(int series, List<WindowAggregate> windows) {
        OutputCheck output = new OutputCheck();
        for (int s = 0; s < SERIES; s++) {
            (s == series ? windows : WINDOWS.get(s)).forEach(output::window);
        }
        FaultlessStream.reject(REJECTS, output);
        return output;
    }

    private static ByteBuffer shifted(ByteBuffer sketch) {
        Sketch right = Sketch.decode(sketch.duplicate());
        List<long[]> buckets = new ArrayList<>();
        right.forEachBucket((low, high, count) ->
                buckets.add(new long[] {right.range().ticks(low + (high - low) / 2), count}));
        int from = buckets.size() / 2;
        buckets.get(from)[1]--;
        buckets.get(from + 1)[1]++;
        Sketch wrong = new Sketch(right.range());
        buckets.forEach(bucket -> wrong.recordTicks(bucket[0], bucket[1]));
        return ByteBuffer.wrap(wrong.encode());
    }
}
