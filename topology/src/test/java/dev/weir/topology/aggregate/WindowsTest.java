package dev.weir.topology.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.state.SliceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    private static final long MINUTE = 60_000;
    private static final long START = 100 * MINUTE;
    private static final long RETENTION = 10 * MINUTE;
    private static final Series SERIES = series("a");

    private record Published(long startMs, String service, double sum, long revision) {}

    private final MemoryStores stores = new MemoryStores();
    private final KeyValueStore<SliceKey, SeriesAggregate> open = stores.slices(Windows.openStore(WindowSize.MINUTE));
    private final KeyValueStore<SliceKey, SeriesAggregate> closed =
            stores.slices(Windows.closedStore(WindowSize.MINUTE));
    private final KeyValueStore<SliceKey, SeriesAggregate> corrections =
            stores.slices(Windows.correctionStore(WindowSize.MINUTE));
    private final List<Published> published = new ArrayList<>();
    private Windows windows = start();

    @Test
    void nothingIsPublishedOfNothing() {
        windows.advance(START, RETENTION);
        windows.flushCorrections();
        assertThat(published).isEmpty();
    }

    @Test
    void windowIsClosedWhenTheWatermarkReachesItsEnd() {
        add(START, 1);
        windows.advance(START + MINUTE - 1, RETENTION);
        assertThat(published).isEmpty();
        windows.advance(START + MINUTE, RETENTION);
        assertThat(published).containsExactly(new Published(START, "a", 1, 0));
        assertThat(size(open)).isZero();
    }

    @Test
    void windowHoldsItsStartAndNotItsEnd() {
        add(START, 1);
        add(START + MINUTE - 1, 10);
        add(START + MINUTE, 100);
        windows.advance(START + 2 * MINUTE, RETENTION);
        assertThat(published)
                .containsExactly(new Published(START, "a", 11, 0), new Published(START + MINUTE, "a", 100, 0));
    }

    @Test
    void windowsAreClosedInOrderOfStartWhateverOrderTheyCameIn() {
        add(START + 5 * MINUTE, 5);
        add(START, 1);
        add(START + 2 * MINUTE, 2);
        windows.advance(START + 10 * MINUTE, RETENTION);
        assertThat(published).extracting(Published::sum).containsExactly(1.0, 2.0, 5.0);
    }

    @Test
    void seriesOfOneWindowAreApart() {
        add(START, 1);
        windows.update(START, series("b"), window -> window.aggregate().record(START, 2, null));
        windows.advance(START + MINUTE, RETENTION);
        assertThat(published)
                .containsExactlyInAnyOrder(new Published(START, "a", 1, 0), new Published(START, "b", 2, 0));
    }

    @Test
    void lateEventCorrectsAClosedWindowWithTheNextRevision() {
        add(START, 1);
        windows.advance(START + MINUTE, RETENTION);
        add(START + 1, 2);
        assertThat(published).hasSize(1);
        windows.flushCorrections();
        add(START + 2, 4);
        windows.flushCorrections();
        assertThat(published)
                .containsExactly(
                        new Published(START, "a", 1, 0),
                        new Published(START, "a", 3, 1),
                        new Published(START, "a", 7, 2));
        assertThat(size(corrections)).isZero();
    }

    @Test
    void lateEventsBetweenTwoFlushesMakeOneCorrection() {
        add(START, 1);
        windows.advance(START + MINUTE, RETENTION);
        add(START, 2);
        add(START, 4);
        windows.flushCorrections();
        windows.flushCorrections();
        assertThat(published).containsExactly(new Published(START, "a", 1, 0), new Published(START, "a", 7, 1));
    }

    @Test
    void lateEventOfAWindowThatNeverWasMakesItsFirstRevision() {
        windows.advance(START + MINUTE, RETENTION);
        add(START, 3);
        windows.flushCorrections();
        assertThat(published).containsExactly(new Published(START, "a", 3, 0));
    }

    @Test
    void closedWindowIsForgottenWhenNoEventOfItMayCorrectItAnyMore() {
        add(START, 1);
        windows.advance(START + MINUTE + RETENTION - 1, RETENTION);
        assertThat(size(closed)).isEqualTo(1);
        windows.advance(START + MINUTE + RETENTION, RETENTION);
        assertThat(size(closed)).isZero();
    }

    @Test
    void restartKeepsOpenClosedAndUnpublished() {
        add(START, 1);
        add(START + MINUTE, 10);
        windows.advance(START + MINUTE, RETENTION);
        add(START, 2);

        windows = start();
        windows.restore(START + MINUTE);
        add(START, 4);
        add(START + MINUTE, 20);
        windows.flushCorrections();
        windows.advance(START + 2 * MINUTE, RETENTION);
        assertThat(published)
                .containsExactly(
                        new Published(START, "a", 1, 0),
                        new Published(START, "a", 7, 1),
                        new Published(START + MINUTE, "a", 30, 0));
    }

    private Windows start() {
        return new Windows(
                WindowSize.MINUTE,
                stores.context(),
                (size, startMs, window) -> published.add(new Published(
                        startMs, window.series().service(), window.aggregate().sum(), window.revision())));
    }

    private void add(long timeMs, double increment) {
        windows.update(timeMs, SERIES, window -> window.aggregate().record(timeMs, increment, null));
    }

    private static Series series(String service) {
        return Series.of("m_total", service, Map.of(), MetricKind.COUNT, null);
    }

    private static int size(KeyValueStore<SliceKey, SeriesAggregate> store) {
        int size = 0;
        try (KeyValueIterator<SliceKey, SeriesAggregate> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                size++;
            }
        }
        return size;
    }
}
