package dev.weir.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StageClockTest {
    private static final long WALL = 1_000_000;
    private static final TimeSettings SETTINGS = new TimeSettings(
            Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofSeconds(15));

    private final StageClock clock = new StageClock(SETTINGS);

    @Test
    void staysUnknownUntilEveryUpstreamHasSpoken() {
        assertThat(clock.advance(new Watermark(0, 2, 500, false), WALL)).isEqualTo(Watermark.UNKNOWN);
        assertThat(clock.advance(new Watermark(1, 2, 400, false), WALL)).isEqualTo(400);
    }

    @Test
    void isTheLeastOfTheUpstreamsThatAreNotIdle() {
        clock.advance(new Watermark(0, 3, 500, false), WALL);
        clock.advance(new Watermark(1, 3, 100, true), WALL);
        assertThat(clock.advance(new Watermark(2, 3, 700, false), WALL)).isEqualTo(500);
    }

    @Test
    void neverFallsWhenAnIdleUpstreamSpeaksOfThePast() {
        clock.advance(new Watermark(0, 2, 100, true), WALL);
        clock.advance(new Watermark(1, 2, 700, false), WALL);
        assertThat(clock.advance(new Watermark(0, 2, 120, false), WALL)).isEqualTo(700);
    }

    @Test
    void lagHoldsItBackWhateverTheWallClockSays() {
        clock.advance(new Watermark(0, 2, 100, false), WALL);
        clock.advance(new Watermark(1, 2, 700, true), WALL);
        assertThat(clock.advance(WALL * 10)).isEqualTo(100);
    }

    @Test
    void wallClockMovesItWhenAllAreIdle() {
        clock.advance(new Watermark(0, 2, 100, true), WALL);
        clock.advance(new Watermark(1, 2, 700, true), WALL);
        assertThat(clock.advance(WALL)).isEqualTo(WALL - 17_000);
    }

    @Test
    void wallClockDoesNotMoveItBeforeTheFirstEvent() {
        clock.advance(new Watermark(0, 1, Watermark.UNKNOWN, true), WALL);
        assertThat(clock.advance(WALL)).isEqualTo(Watermark.UNKNOWN);
    }

    @Test
    void restartKeepsItUntilUpstreamsHavePassedIt() {
        clock.restore(600);
        assertThat(clock.advance(new Watermark(0, 1, 100, false), WALL)).isEqualTo(600);
        assertThat(clock.advance(new Watermark(0, 1, 601, false), WALL)).isEqualTo(601);
    }
}
