package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DemoSettingsTest {
    @Test
    void durationLeavesTimeForTheIncident() {
        assertThat(settings(80).live()).isEqualTo(Duration.ofSeconds(80));
        assertThat(settings(81).live()).isEqualTo(Duration.ofSeconds(81));
        assertThatThrownBy(() -> settings(79))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration is 79s, must be >= 80s for the incident to fire and resolve (--duration)");
    }

    private static DemoSettings settings(int seconds) {
        return new DemoSettings(true, Duration.ofSeconds(seconds), 1, 19_092, null);
    }
}
