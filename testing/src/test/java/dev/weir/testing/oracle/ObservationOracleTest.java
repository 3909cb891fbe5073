package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ObservationOracleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant START = Published.START;
    private static final Instant END = START.plus(HOUR);

    private final WindowOracle oracle = new WindowOracle();
    private final List<MetricEvent> first = new ArrayList<>();
    private final List<MetricEvent> second = new ArrayList<>();

    @BeforeEach
    void addEvents() {
        for (int i = 0; i < 200; i++) {
            first.add(observation(i * 0.25, (i + 1) / 128.0, i % 4 == 0 ? Outcome.MISS : Outcome.HIT));
        }
        first.add(observation(59.999, 7200, null));
        second.add(observation(60, 0.5, null));
        Stream.concat(first.stream(), second.stream()).forEach(oracle::add);
    }

    @Test
    void faultlessWindowsMatch() {
        Comparison comparison = oracle.compare(windows(), END);
        assertThat(comparison.first()).isEmpty();
        assertThat(comparison.matches()).isTrue();
        assertThat(comparison.windows()).isEqualTo(3);
        assertThat(oracle.events()).isEqualTo(202);
    }

    @Test
    void oneLostEventIsSeen() {
        List<MetricEvent> lossy = first.subList(0, first.size() - 1);
        assertThat(differences(firstMinute(lossy)))
                .anyMatch(text -> text.startsWith("count is 200, must be 201 (request_duration_seconds"))
                .anyMatch(text -> text.startsWith("sum is "))
                .anyMatch(text -> text.startsWith("sketch count is 200, must be 201"));
    }

    @Test
    void oneDuplicatedEventIsSeen() {
        List<MetricEvent> doubled = new ArrayList<>(first);
        doubled.add(first.get(7));
        assertThat(differences(firstMinute(doubled)))
                .anyMatch(text -> text.startsWith("count is 202, must be 201"))
                .anyMatch(text -> text.startsWith("hit_count is 151, must be 150"));
    }

    @Test
    void oneValueInTheNextBucketOfTheSketchIsSeen() {
        Sketch shifted = Sketch.decode(firstMinute(first).getSketch().duplicate());
        Sketch wrong = new Sketch(shifted.range());
        first.subList(1, first.size()).forEach(event -> wrong.record(event.getValue()));
        wrong.record(first.get(0).getValue() * 1.008);
        WindowAggregate.Builder broken = firstMinute(first).setSketch(ByteBuffer.wrap(wrong.encode()));
        assertThat(differences(broken)).singleElement().asString().startsWith("sketch bucket is 1 x tick ");
    }

    @Test
    void unreadableSketchIsSeen() {
        ByteBuffer cut = firstMinute(first).getSketch().duplicate();
        cut.limit(cut.limit() - 1);
        assertThat(differences(firstMinute(first).setSketch(cut)))
                .singleElement()
                .asString()
                .startsWith("sketch is unreadable by HdrHistogram: ");
    }

    @Test
    void percentileOfTheNextRankIsSeen() {
        List<QuantileValue> quantiles = new ArrayList<>(firstMinute(first).getQuantiles());
        quantiles.set(2, new QuantileValue(0.95, 192 / 128.0, 191.5 / 128, 192.5 / 128));
        WindowAggregate.Builder broken = firstMinute(first).setQuantiles(quantiles);
        assertThat(differences(broken)).singleElement().asString().contains("quantile 0.95", "must hold 1.4921875");
    }

    @Test
    void missingWindowIsSeenOnceItIsClosed() {
        List<WindowAggregate> withoutHour = windows().subList(0, 2);
        assertThat(oracle.compare(withoutHour, END.minusMillis(1)).first()).isEmpty();
        Comparison comparison = oracle.compare(withoutHour, END);
        assertThat(comparison.first()).singleElement().asString().startsWith("window is missing");
        assertThat(comparison.windows()).isEqualTo(3);
    }

    @Test
    void windowWithoutEventsIsSeen() {
        List<WindowAggregate> windows = windows();
        windows.add(Published.observations(START.plus(MINUTE.multipliedBy(2)), MINUTE, second)
                .build());
        assertThat(oracle.compare(windows, END).first())
                .singleElement()
                .asString()
                .startsWith("window is published, must not be");
    }

    @Test
    void misalignedWindowIsSeen() {
        List<WindowAggregate> windows = windows();
        windows.add(
                Published.observations(START.plusSeconds(30), MINUTE, second).build());
        windows.add(Published.observations(START, Duration.ofMinutes(5), second).build());
        assertThat(oracle.compare(windows, END).mismatches()).isEqualTo(2);
    }

    @Test
    void greatestRevisionCountsInAnyOrder() {
        WindowAggregate earlier = firstMinute(first.subList(0, 10)).build();
        WindowAggregate later = firstMinute(first).setRevision(1).build();
        List<WindowAggregate> others = windows().subList(1, 3);
        for (List<WindowAggregate> order : List.of(List.of(earlier, later), List.of(later, earlier))) {
            List<WindowAggregate> published = new ArrayList<>(others);
            published.addAll(order);
            assertThat(oracle.compare(published, END).first()).isEmpty();
        }
    }

    @Test
    void oneRevisionWithTwoContentsIsSeenAndARepetitionIsNot() {
        List<WindowAggregate> windows = windows();
        windows.add(firstMinute(first).build());
        assertThat(oracle.compare(windows, END).matches()).isTrue();
        windows.add(firstMinute(first).setMin(0.0).build());
        assertThat(oracle.compare(windows, END).first())
                .singleElement()
                .asString()
                .startsWith("revision 0 is published twice with different content: min is ");
    }

    @Test
    void openWindowIsComparedOnlyWhenFinal() {
        WindowAggregate partial = firstMinute(first.subList(0, 10)).build();
        WindowAggregate open =
                firstMinute(first.subList(0, 10)).setFinal$(false).build();
        assertThat(oracle.compare(List.of(open), START).matches()).isTrue();
        assertThat(oracle.compare(List.of(partial), START).matches()).isFalse();
        assertThat(oracle.compare(List.of(open), START.plus(MINUTE)).first())
                .anyMatch(text -> text.startsWith("final is false, must be true"));
    }

    @Test
    void differencesAreAllCountedButNotAllKept() {
        List<WindowAggregate> windows = windows();
        for (int minute = 2; minute < 202; minute++) {
            windows.add(Published.observations(START.plus(MINUTE.multipliedBy(minute)), MINUTE, second)
                    .build());
        }
        Comparison comparison = oracle.compare(windows, END.plus(HOUR.multipliedBy(9)));
        assertThat(comparison.mismatches()).isEqualTo(200);
        assertThat(comparison.first()).hasSize(100);
    }

    @Test
    void faultlessRowMatchesAndBrokenOnesDoNot() {
        WindowAggregate hour = windows().get(2);
        double p95 = hour.getQuantiles().get(2).getValue();
        assertThat(oracle.compareHourly(List.of(Published.row(hour, p95)), END).first())
                .isEmpty();
        assertThat(oracle.compareHourly(List.of(Published.row(hour, p95 * 1.009)), END)
                        .first())
                .singleElement()
                .asString()
                .startsWith("p95 is ");
        assertThat(oracle.compareHourly(List.of(), END).first())
                .singleElement()
                .asString()
                .startsWith("window is missing");
        assertThat(oracle.compareHourly(List.of(Published.row(hour, p95), Published.row(hour, p95)), END)
                        .first())
                .singleElement()
                .asString()
                .startsWith("row is stored twice");
        WindowAggregate lossy = Published.observations(START, HOUR, first).build();
        assertThat(oracle.compareHourly(List.of(Published.row(lossy, p95)), END).first())
                .anyMatch(text -> text.startsWith("count is 201, must be 202"));
    }

    private List<String> differences(WindowAggregate.Builder instead) {
        List<WindowAggregate> windows = windows();
        windows.set(0, instead.build());
        return oracle.compare(windows, END).first();
    }

    private List<WindowAggregate> windows() {
        List<MetricEvent> all = new ArrayList<>(first);
        all.addAll(second);
        List<WindowAggregate> windows = new ArrayList<>();
        windows.add(firstMinute(first).build());
        windows.add(Published.observations(START.plus(MINUTE), MINUTE, second).build());
        windows.add(Published.observations(START, HOUR, all).build());
        return windows;
    }

    private static WindowAggregate.Builder firstMinute(List<MetricEvent> events) {
        return Published.observations(START, MINUTE, events);
    }

    private static MetricEvent observation(double seconds, double value, @Nullable Outcome outcome) {
        return Published.event(seconds, MetricKind.OBSERVATION, value, outcome);
    }
}
