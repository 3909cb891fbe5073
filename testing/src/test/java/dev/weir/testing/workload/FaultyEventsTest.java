package dev.weir.testing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FaultyEventsTest {
    private static final Instant START = Instant.parse("2026-03-04T05:00:07Z");
    private static final Instant END = START.plus(Duration.ofMinutes(30));
    private static final FaultRates RATES = new FaultRates(0.02, 0.005, 0.005, 0.01);

    private final List<Emission> emissions = emissions(RATES);

    @Test
    void ordinaryEventsStayTheSame() {
        List<MetricEvent> ordinary = emissions.stream()
                .filter(emission -> emission.expected() == null
                        && emission.due().equals(emission.event().getTimestamp()))
                .map(Emission::event)
                .toList();
        assertThat(ordinary)
                .isEqualTo(workload(FaultRates.NONE).events(START, END).toList());
    }

    @Test
    void sameSeedGivesSameFaults() {
        // Compared as text: NaN is not equal to itself in an Avro record.
        assertThat(emissions.toString()).isEqualTo(emissions(RATES).toString());
    }

    @Test
    void everyFaultOccursInItsShare() {
        List<ExpectedReject> rejects = emissions.stream()
                .map(Emission::expected)
                .filter(Objects::nonNull)
                .toList();
        EnumSet<Fault> seen = EnumSet.noneOf(Fault.class);
        rejects.forEach(reject -> seen.add(reject.fault()));
        assertThat(seen).isEqualTo(EnumSet.allOf(Fault.class));
        assertThat(rejects).allMatch(reject -> reject.reason() == reject.fault().reason());
        assertThat((double) rejects.size() / emissions.size()).isBetween(0.025, 0.035);
    }

    @Test
    void timesAreWrongByFarMoreThanTheLimits() {
        for (Emission emission : emissions) {
            Duration ahead = Duration.between(emission.due(), emission.event().getTimestamp());
            if (emission.expected() == null) {
                assertThat(ahead).isIn(Duration.ZERO, Duration.ofMinutes(-20));
            } else if (emission.expected().fault() == Fault.FUTURE) {
                assertThat(ahead).isGreaterThan(Duration.ofDays(3_000));
            } else if (emission.expected().fault() == Fault.LATE) {
                assertThat(ahead).isLessThan(Duration.ofDays(-29));
            } else {
                assertThat(ahead).isZero();
            }
        }
    }

    @Test
    void nothingIsLateBeforeTheClocksHaveMoved() {
        assertThat(emissions)
                .filteredOn(emission -> emission.due().isBefore(START.plus(FaultyEvents.WARM_UP)))
                .noneMatch(emission -> emission.event().getTimestamp().isBefore(START));
    }

    private static List<Emission> emissions(FaultRates rates) {
        List<Emission> emissions = new ArrayList<>();
        workload(rates).emissions(START, END).forEachRemaining(emissions::add);
        return emissions;
    }

    private static Workload workload(FaultRates rates) {
        return Workload.of(3, START, Scenarios.systems()).withFaults(rates);
    }
}
