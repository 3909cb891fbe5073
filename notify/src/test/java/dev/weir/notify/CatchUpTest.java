package dev.weir.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CatchUpTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private @Nullable Instant eventTime;
    private int looks;
    private final CatchUp catchUp = new CatchUp(
            () -> {
                looks++;
                return Optional.ofNullable(eventTime);
            },
            Duration.ofMinutes(5));

    @Test
    void eventTimeNearTheWallClockIsCurrent() {
        eventTime = NOON.minusSeconds(299);
        assertThat(catchUp.isCurrent(NOON)).isTrue();
    }

    @Test
    void eventTimeThatMovesThroughThePastIsNotCurrent() {
        for (int second = 0; second < 600; second += 5) {
            eventTime = NOON.minus(Duration.ofDays(3)).plusSeconds(60L * second);
            assertThat(catchUp.isCurrent(NOON.plusSeconds(second))).isFalse();
        }
    }

    @Test
    void eventTimeThatStandsStillForTwoMinutesIsAsCurrentAsItGets() {
        eventTime = NOON.minus(Duration.ofDays(3));
        for (int second = 0; second < 120; second += 5) {
            assertThat(catchUp.isCurrent(NOON.plusSeconds(second))).isFalse();
        }
        assertThat(catchUp.isCurrent(NOON.plusSeconds(120))).isTrue();
    }

    @Test
    void streamThatHasPublishedNothingIsWaitedForAsLong() {
        assertThat(catchUp.isCurrent(NOON)).isFalse();
        assertThat(catchUp.isCurrent(NOON.plusSeconds(60))).isFalse();
        assertThat(catchUp.isCurrent(NOON.plusSeconds(120))).isTrue();
    }

    @Test
    void silenceBeforeAnybodyAskedDoesNotCount() {
        eventTime = NOON.minus(Duration.ofDays(3));
        assertThat(catchUp.isCurrent(NOON)).isFalse();
        assertThat(catchUp.isCurrent(NOON.plusSeconds(3_600))).isFalse();
    }

    @Test
    void itLooksEveryFiveSeconds() {
        for (int millis = 0; millis < 10_000; millis += 250) {
            catchUp.isCurrent(NOON.plusMillis(millis));
        }
        assertThat(looks).isEqualTo(2);
    }
}
