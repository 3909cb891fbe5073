package dev.weir.testing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Instant START = Instant.parse("2026-03-04T05:00:07Z");
    private static final Instant END = START.plus(Duration.ofMinutes(10));
    private static final Comparator<MetricEvent> BY_TIME = Comparator.comparing(MetricEvent::getTimestamp);

    @Test
    void sameSeedGivesSameEvents() {
        assertThat(events(systems(1), START, END)).isEqualTo(events(systems(1), START, END));
    }

    @Test
    void otherSeedGivesOtherEvents() {
        assertThat(events(systems(1), START, END)).isNotEqualTo(events(systems(2), START, END));
    }

    @Test
    void eventsOfOneScenarioDoNotDependOnTheOthers() {
        List<MetricEvent> alone = events(Workload.of(1, START, List.of(Scenarios.lakehouse())), START, END);
        List<MetricEvent> together = systemsEvents().stream()
                .filter(event -> event.getService().startsWith("lakehouse-"))
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void adjoiningIntervalsAreTheWhole() {
        List<MetricEvent> parts = new ArrayList<>();
        for (Instant from = START.minusSeconds(3); from.isBefore(END); from = from.plusMillis(700)) {
            Instant to = from.plusMillis(700);
            parts.addAll(events(systems(1), from, to.isBefore(END) ? to : END));
        }
        assertThat(parts).isEqualTo(systemsEvents());
    }

    @Test
    void eventsAreInOrderOfEventTimeAndInsideTheInterval() {
        List<MetricEvent> events = systemsEvents();
        assertThat(events).isSortedAccordingTo(BY_TIME).isNotEmpty();
        assertThat(events.get(0).getTimestamp()).isAfterOrEqualTo(START);
        assertThat(events.get(events.size() - 1).getTimestamp()).isBefore(END);
    }

    @Test
    void eventAtFromIsInAndEventAtToIsOut() {
        Instant time = systemsEvents().get(500).getTimestamp();
        assertThat(events(systems(1), time, time.plusMillis(1)))
                .isNotEmpty()
                .allMatch(event -> event.getTimestamp().equals(time));
        assertThat(events(systems(1), START, time))
                .allMatch(event -> event.getTimestamp().isBefore(time));
        assertThat(events(systems(1), time, time)).isEmpty();
    }

    @Test
    void nothingHappensBeforeTheStart() {
        assertThat(events(systems(1), START.minus(Duration.ofHours(1)), START)).isEmpty();
    }

    @Test
    void disorderedEventsAreTheSameAndWithinTheBound() {
        Duration bound = Workload.MAX_DISORDER;
        List<Emission> sent = emissions(systems(1).withDisorder(bound));
        Instant newest = Instant.MIN;
        boolean disordered = false;
        for (Emission emission : sent) {
            Instant time = emission.event().getTimestamp();
            assertThat(time.plus(bound)).isAfter(newest);
            disordered |= time.isBefore(newest);
            newest = time.isAfter(newest) ? time : newest;
        }
        assertThat(disordered).isTrue();
        assertThat(sent).isSortedAccordingTo(Comparator.comparing(Emission::due));
        assertThat(sent).extracting(Emission::event).containsExactlyInAnyOrderElementsOf(systemsEvents());
    }

    @Test
    void disorderBeyondTheLatenessIsRefused() {
        assertThatThrownBy(() -> systems(1).withDisorder(Duration.ofMillis(1_501)))
                .hasMessage("disorder is PT1.501S, must be in [PT0S, PT1.5S]");
    }

    @Test
    void historyOfThreeHoursHasTheStatedSize() {
        Instant end = START.plus(Scenario.HISTORY);
        long events = systems(1).events(START, end).count();
        long series = Scenarios.systems().stream()
                .mapToLong(scenario -> scenario.series().size())
                .sum();
        assertThat(events).isBetween(100_000L, 200_000L);
        assertThat(series).isBetween(60L, 250L);
    }

    @Test
    void ordinaryEventsAreValid() {
        assertThat(systemsEvents()).allSatisfy(event -> {
            assertThat(event.getValue()).isFinite();
            assertThat(event.getKind() == MetricKind.GAUGE || event.getValue() >= 0)
                    .isTrue();
            assertThat(event.getMetric()).matches("[a-zA-Z_:][a-zA-Z0-9_:]{0,127}");
            assertThat(event.getLabels().keySet()).doesNotContain("service", "le", "quantile", "outcome");
        });
    }

    @Test
    void uniformLoadHasTheAskedRate() {
        Workload workload = Workload.of(1, START, List.of(Scenarios.uniform(1_000, 5_000)));
        assertThat(events(workload, START.plusSeconds(1), START.plusSeconds(11)))
                .hasSizeBetween(49_900, 50_100);
    }

    @Test
    void uniformLoadOfEachSeriesIsBounded() {
        assertThatThrownBy(() -> Scenarios.uniform(10, 100_000))
                .hasMessage("eventsPerSecond is 100000.0, must be <= 1000 a series (10 series)");
    }

    private static Workload systems(long seed) {
        return Workload.of(seed, START, Scenarios.systems());
    }

    private static List<MetricEvent> systemsEvents() {
        return events(systems(1), START, END);
    }

    private static List<MetricEvent> events(Workload workload, Instant from, Instant to) {
        try (Stream<MetricEvent> events = workload.events(from, to)) {
            return events.toList();
        }
    }

    private static List<Emission> emissions(Workload workload) {
        List<Emission> emissions = new ArrayList<>();
        workload.emissions(START, END).forEachRemaining(emissions::add);
        return emissions;
    }
}
