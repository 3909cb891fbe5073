package dev.weir.topology.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.state.SliceKey;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class OpenSlicesTest {
    private static final Series SERIES = Series.of("m_total", "s", Map.of(), MetricKind.COUNT, null);

    private final KeyValueStore<SliceKey, SeriesAggregate> store = new MemoryStores().slices("slices");
    private OpenSlices slices = new OpenSlices(store);

    @Test
    void closingNothingGivesNothing() {
        assertThat(close(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void closesUpToTheStartThatIsGivenAndNotBeyond() {
        add(20_000, 1);
        add(10_000, 2);
        add(30_000, 4);
        assertThat(close(9_999)).isEmpty();
        assertThat(close(20_000)).containsExactly(Map.entry(10_000L, 2.0), Map.entry(20_000L, 1.0));
        assertThat(close(Long.MAX_VALUE)).containsExactly(Map.entry(30_000L, 4.0));
        assertThat(close(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void restartReadsBackWhatGrewAndNotWhatWasClosed() {
        add(10_000, 1);
        add(20_000, 2);
        close(10_000);
        slices = new OpenSlices(store);
        add(20_000, 4);
        assertThat(close(Long.MAX_VALUE)).containsExactly(Map.entry(20_000L, 6.0));
        assertThat(store.approximateNumEntries()).isZero();
    }

    private void add(long startMs, double increment) {
        slices.update(startMs, SERIES, (key, slice) -> slice.aggregate().record(startMs, increment, null));
    }

    private Map<Long, Double> close(long lastStartMs) {
        Map<Long, Double> closed = new TreeMap<>();
        slices.close(
                lastStartMs,
                (key, slice) -> closed.put(key.startMs(), slice.aggregate().sum()));
        return closed;
    }
}
