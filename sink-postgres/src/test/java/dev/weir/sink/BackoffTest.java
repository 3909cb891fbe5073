package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(350), new SplittableRandom(1));

    @Test
    void pauseDoublesUpToTheLimitAndKeepsHalfOfItAtLeast() {
        for (long step : new long[] {100, 200, 350, 350, 350}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(step / 2), Duration.ofMillis(step));
        }
    }

    @Test
    void successBeginsAgainWithTheFirstPause() {
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
