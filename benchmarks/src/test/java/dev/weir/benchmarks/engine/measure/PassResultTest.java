package dev.weir.benchmarks.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PassResultTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void waitingForTheLastCommitCountsWithItsCpuTimeOnly() {
        Mark start = new Mark(0, 0, 100, SECOND);
        Mark consumed = new Mark(4 * SECOND, 6 * SECOND, 200, SECOND);
        Mark end = new Mark(10 * SECOND, 8 * SECOND, 1_100, 3 * SECOND);

        PassResult result = PassResult.of(1_000, start, consumed, end, 2);

        assertThat(result.seconds()).isCloseTo(5, within(1e-9));
        assertThat(result.wallSeconds()).isCloseTo(10, within(1e-9));
        assertThat(result.eventsPerSecond()).isCloseTo(200, within(1e-9));
        assertThat(result.cpuSecondsPerMillion()).isCloseTo(8_000, within(1e-9));
        assertThat(result.allocatedBytesPerEvent()).isCloseTo(1, within(1e-9));
        assertThat(result.compileShare()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void busyTailNeverCountsMoreThanTheClock() {
        Mark mark = new Mark(0, 0, 0, 0);

        PassResult result = PassResult.of(1, mark, mark, new Mark(SECOND, 5 * SECOND, 0, 0), 2);

        assertThat(result.seconds()).isCloseTo(1, within(1e-9));
    }

    @Test
    void medianOfOddAndEvenCounts() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
