package dev.weir.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serde.RegistryUnavailableException;
import dev.weir.testing.clock.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class ThreadFailuresTest {
    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_000_000));
    private final ThreadFailures failures = new ThreadFailures(clock);

    @Test
    void eleventhFailureWithinAMinuteEndsTheStream() {
        fail(10);
        clock.advance(Duration.ofMinutes(1));
        assertThat(failures.handle(new StreamsException("eleventh"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.last()).contains("eleventh");
    }

    @Test
    void failuresOlderThanAMinuteNoLongerCount() {
        for (int minute = 0; minute < 5; minute++) {
            fail(10);
            clock.advance(Duration.ofMinutes(1).plusMillis(1));
        }
    }

    @Test
    void registryOutageIsWaitedForHoweverLongItTakes() {
        Throwable outage = new StreamsException(
                "caught in process", new StreamsException(new RegistryUnavailableException("down", new Exception())));
        for (int i = 0; i < 1_000; i++) {
            assertThat(failures.handle(outage)).isEqualTo(REPLACE_THREAD);
        }
        fail(10);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(failures.handle(new StreamsException("broken"))).isEqualTo(REPLACE_THREAD);
        }
    }
}
