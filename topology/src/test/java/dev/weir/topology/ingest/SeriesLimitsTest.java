package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SeriesLimitsTest {
    @Test
    void everyLimitIsAtLeastOne() {
        assertThat(new SeriesLimits(1, 1, 1)).isNotNull();
        refused(new int[] {0, 1, 1}, "series-per-service is 0, must be > 0 (limits.series-per-service)");
        refused(new int[] {1, 0, 1}, "series is 0, must be > 0 (limits.series)");
        refused(new int[] {1, 1, 0}, "partials is 0, must be > 0 (limits.partials)");
    }

    private static void refused(int[] v, String message) {
        assertThatThrownBy(() -> new SeriesLimits(v[0], v[1], v[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
