package dev.weir.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StageClockTest {
    private static final long WALL = 1_000_000;
    private static final TimeSettings SETTINGS = new TimeSettings(
            Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ZERO);

    private final StageClock clock = new StageClock(SETTINGS);

    @Test
    void staysUnknownUntilEveryUpstreamHasSpoken() {
        assertThat(clock.advance(active(0, 2, 500))).isEqualTo(Watermark.UNKNOWN);
        assertThat(clock.advance(active(1, 2, 400))).isEqualTo(400);
    }

    @Test
    void isTheLeastOfTheUpstreamsThatAreNotIdle() {
        clock.advance(active(0, 3, 500));
        clock.advance(idle(1, 3, 100, WALL));
        assertThat(clock.advance(active(2, 3, 700))).isEqualTo(500);
    }

    @Test
    void neverFallsWhenAnIdleUpstreamSpeaksOfThePast() {
        clock.advance(idle(0, 2, 100, WALL));
        clock.advance(active(1, 2, 700));
        assertThat(clock.advance(active(0, 2, 120))).isEqualTo(700);
    }

    @Test
    void upstreamThatHasHadNoEventYetHoldsItBackUnlessIdle() {
        clock.advance(active(0, 2, 500));
        assertThat(clock.advance(active(1, 2, Watermark.UNKNOWN))).isEqualTo(Watermark.UNKNOWN);
        assertThat(clock.advance(idle(1, 2, Watermark.UNKNOWN, WALL))).isEqualTo(500);
    }

    @Test
    void lagHoldsItBackWhateverTheWallClockOfIdleOnesSays() {
        clock.advance(active(0, 2, 100));
        assertThat(clock.advance(idle(1, 2, 700, WALL))).isEqualTo(100);
        assertThat(clock.advance(idle(1, 2, 700, WALL * 10))).isEqualTo(100);
    }

    @Test
    void wallClockMovesItWhenAllAreIdle() {
        clock.advance(idle(0, 2, 100, WALL));
        assertThat(clock.advance(idle(1, 2, 700, WALL))).isEqualTo(WALL - 17_000);
    }

    @Test
    void wallClockIsTheOneOfTheUpstreamThatSpokeFirst() {
        clock.advance(idle(0, 2, 100, WALL));
        clock.advance(idle(1, 2, 700, WALL));
        assertThat(clock.advance(idle(1, 2, 700, WALL + 60_000))).isEqualTo(WALL - 17_000);
        assertThat(clock.advance(idle(0, 2, 100, WALL + 30_000))).isEqualTo(WALL + 30_000 - 17_000);
    }

    @Test
    void greatestEventTimeCountsWhenAllAreIdleAndItIsAheadOfTheWallClock() {
        clock.advance(idle(0, 2, WALL + 5_000, WALL));
        assertThat(clock.advance(idle(1, 2, 700, WALL))).isEqualTo(WALL + 5_000);
    }

    @Test
    void wallClockDoesNotMoveItBeforeTheFirstEvent() {
        assertThat(clock.advance(idle(0, 1, Watermark.UNKNOWN, WALL))).isEqualTo(Watermark.UNKNOWN);
    }

    @Test
    void restartKeepsItUntilUpstreamsHavePassedIt() {
        clock.restore(600);
        assertThat(clock.advance(active(0, 1, 100))).isEqualTo(600);
        assertThat(clock.advance(active(0, 1, 601))).isEqualTo(601);
    }

    private static Watermark active(int upstream, int upstreams, long timeMs) {
        return new Watermark(upstream, upstreams, timeMs, false, WALL);
    }

    private static Watermark idle(int upstream, int upstreams, long timeMs, long saidAtMs) {
        return new Watermark(upstream, upstreams, timeMs, true, saidAtMs);
    }
}
