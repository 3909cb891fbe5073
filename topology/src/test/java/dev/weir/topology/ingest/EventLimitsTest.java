package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EventLimitsTest {
    @Test
    void everyLimitIsPositive() {
        refused(new int[] {0, 1, 1, 1, 1, 1}, "labels is 0, must be > 0 (limits.labels)");
        refused(new int[] {1, -1, 1, 1, 1, 1}, "name-length is -1, must be > 0 (limits.name-length)");
        refused(new int[] {1, 1, 0, 1, 1, 1}, "label-value-length is 0, must be > 0 (limits.label-value-length)");
        refused(new int[] {1, 1, 1, 0, 1, 1}, "record-bytes is 0, must be > 0 (limits.record-bytes)");
        refused(new int[] {1, 1, 1, 1, 0, 1}, "batch-size is 0, must be > 0 (limits.batch-size)");
        refused(
                new int[] {1, 1, 1, 1, 1, 0},
                "rejected-original-bytes is 0, must be > 0 (limits.rejected-original-bytes)");
    }

    @Test
    void measurementsOfABatchShareTheBoundOnOriginalBytes() {
        EventLimits limits = new EventLimits(1, 1, 1, 1, 1, 600);
        byte[] value = new byte[1_000];
        assertThat(shown(limits, value, 1)).isEqualTo(600);
        assertThat(shown(limits, value, 3)).isEqualTo(200);
        assertThat(shown(limits, value, 10_000)).isEqualTo(64);
        assertThat(limits.original(Packs.record(value), 10_000).size()).isEqualTo(1_000);
        assertThat(shown(limits, new byte[5], 1)).isEqualTo(5);
        assertThat(limits.original(Packs.record(null), 1).size()).isEqualTo(-1);
    }

    private static int shown(EventLimits limits, byte[] value, int measurements) {
        return limits.original(Packs.record(value), measurements).bytes().remaining();
    }

    private static void refused(int[] v, String message) {
        assertThatThrownBy(() -> new EventLimits(v[0], v[1], v[2], v[3], v[4], v[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
