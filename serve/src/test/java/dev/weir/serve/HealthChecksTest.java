package dev.weir.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    @Test
    void hangingPartIsAskedOnceUntilItAnswers() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        GivenCheck slow = new GivenCheck("slow", () -> {
            asked.incrementAndGet();
            answer.await();
            return Health.healthy();
        });
        try (HealthChecks checks = new HealthChecks(List.of(slow), Duration.ofMillis(50), CLOCK)) {
            assertThat(checks.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(checks.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(asked).hasValue(1);
        }
        answer.countDown();
    }

    @Test
    void partThatAnswersAgainIsHealthyAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        GivenCheck recovering = new GivenCheck(
                "recovering", () -> asked.incrementAndGet() == 1 ? Health.unhealthy("starting") : Health.healthy());
        try (HealthChecks checks = new HealthChecks(List.of(recovering), Duration.ofSeconds(10), CLOCK)) {
            assertThat(checks.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(checks.report().status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }

    @Test
    void closeInterruptsHangingPart() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        GivenCheck hanging = new GivenCheck("hanging", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                interrupted.countDown();
                throw stop;
            }
            return Health.healthy();
        });
        HealthChecks checks = new HealthChecks(List.of(hanging), Duration.ofMillis(100), CLOCK);
        assertThat(checks.report().status()).isEqualTo(HealthStatus.UNHEALTHY);

        checks.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void twoChecksOfOneNameAreRefused() {
        List<GivenCheck> twice = List.of(GivenCheck.healthy("kafka"), GivenCheck.healthy("kafka"));

        assertThatThrownBy(() -> new HealthChecks(twice, Duration.ofSeconds(1), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name is kafka, must be unique among the health checks");
    }

    @Test
    void timeoutOfZeroIsRefused() {
        assertThatThrownBy(() -> new HealthChecks(List.of(), Duration.ZERO, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout is PT0S, must be > 0 (health checks)");
    }
}
