package dev.weir.topology.time;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TimeSettingsTest {
    @Test
    void zeroIsAllowedForAllButIdle() {
        assertThatCode(() -> settings(0, 0, 0, 1, 0)).doesNotThrowAnyException();
        refused(new int[] {0, 0, 0, 0, 0}, "idle is PT0S, must be > 0 (time.idle)");
    }

    @Test
    void nothingIsNegative() {
        refused(new int[] {-1, 0, 0, 1, 0}, "lateness is PT-1S, must be >= 0 (time.lateness)");
        refused(new int[] {0, -1, 0, 1, 0}, "late-retention is PT-1S, must be >= 0 (time.late-retention)");
        refused(new int[] {0, 0, -1, 1, 0}, "max-future is PT-1S, must be >= 0 (time.max-future)");
        refused(new int[] {0, 0, 0, -1, 0}, "idle is PT-1S, must be > 0 (time.idle)");
        refused(new int[] {0, 0, 0, 1, -1}, "open-hour-interval is PT-1S, must be >= 0 (time.open-hour-interval)");
    }

    @Test
    void watermarkNamesOneOfItsUpstreams() {
        assertThatThrownBy(() -> new Watermark(3, 3, 0, false, 0)).hasMessage("upstream is 3, must be in [0, 3)");
        assertThatThrownBy(() -> new Watermark(-1, 3, 0, false, 0)).hasMessage("upstream is -1, must be in [0, 3)");
    }

    private static TimeSettings settings(int lateness, int retention, int future, int idle, int openHour) {
        return new TimeSettings(
                Duration.ofSeconds(lateness),
                Duration.ofSeconds(retention),
                Duration.ofSeconds(future),
                Duration.ofSeconds(idle),
                Duration.ofSeconds(openHour));
    }

    private static void refused(int[] v, String message) {
        assertThatThrownBy(() -> settings(v[0], v[1], v[2], v[3], v[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
