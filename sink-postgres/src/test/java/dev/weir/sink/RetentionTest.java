package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    @Test
    void everyFaultIsReportedAtOnce() {
        assertThatThrownBy(() ->
                        new Retention(Duration.ZERO, Duration.ofHours(36), Duration.ofDays(365), Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        store.retention.raw is PT0S, must be whole days, at least 1d
                        store.retention.hourly is PT36H, must be whole days, at least 1d
                        store.retention.events is PT-24H, must be whole days, at least 1d""");
    }

    @Test
    void daysAreKeptAsLongAsTheirHours() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new Retention(day, Duration.ofDays(90), Duration.ofDays(89), day))
                .hasMessage("store.retention.daily is 89d, must be >= store.retention.hourly 90d");
    }
}
