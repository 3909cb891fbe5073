package dev.weir.topology.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.topology.state.MemoryStores;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class EventIdsTest {
    private static final long NOW = 1_700_000_040_000L;
    private static final long WINDOW = 120_000;
    private static final byte[] A = {1};
    private static final byte[] B = {2};

    private final KeyValueStore<Bytes, byte[]> store =
            new MemoryStores().open(AggregateStores.EVENT_IDS, Serdes.Bytes(), Serdes.ByteArray());
    private EventIds ids = new EventIds(store);

    @Test
    void idIsNewOncePerSeries() {
        assertThat(ids.isNew(A, "x", NOW, WINDOW)).isTrue();
        assertThat(ids.isNew(A, "x", NOW + 5, WINDOW)).isFalse();
        assertThat(ids.isNew(B, "x", NOW, WINDOW)).isTrue();
        assertThat(ids.isNew(A, "y", NOW, WINDOW)).isTrue();
    }

    @Test
    void idIsRememberedForItsWindowAndAMinuteAtMost() {
        ids.isNew(A, "x", NOW, WINDOW);
        ids.expire(NOW + WINDOW - 1);
        assertThat(ids.isNew(A, "x", NOW, WINDOW)).isFalse();
        ids.expire(NOW + WINDOW + 60_000);
        assertThat(store.approximateNumEntries()).isZero();
        assertThat(ids.isNew(A, "x", NOW, WINDOW)).isTrue();
    }

    @Test
    void restartRemembersAndStillForgets() {
        ids.isNew(A, "x", NOW, WINDOW);
        ids = new EventIds(store);
        assertThat(ids.isNew(A, "x", NOW, WINDOW)).isFalse();
        ids.expire(NOW + WINDOW + 60_000);
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void idAndSeriesDoNotRunTogether() {
        assertThat(ids.isNew(new byte[] {'b'}, "a", NOW, WINDOW)).isTrue();
        assertThat(ids.isNew(new byte[] {}, "ab", NOW, WINDOW)).isTrue();
    }
}
