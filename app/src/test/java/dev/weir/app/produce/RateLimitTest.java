package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(7_000_000_000L);

    @Test
    void eventsKeepTheirDistanceAndLostTimeIsCaughtUp() {
        RateLimit limit = new RateLimit(10.0, nanos::get);
        limit.await();
        assertThat(limit.nanosToNext()).isEqualTo(100_000_000);
        nanos.addAndGet(250_000_000);
        limit.await();
        limit.await();
        assertThat(limit.nanosToNext()).isEqualTo(50_000_000);
    }

    @Test
    void withoutALimitNothingWaits() {
        RateLimit limit = new RateLimit(null, nanos::get);
        limit.await();
        assertThat(limit.nanosToNext()).isZero();
    }
}
