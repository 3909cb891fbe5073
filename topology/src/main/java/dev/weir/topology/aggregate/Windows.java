package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.state.SliceKey;
import dev.weir.topology.time.Watermark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows of one size of all series of a partition: open ones grow, closed ones are kept for late events until they
 * are older than the late retention.
 *
 * <p>A correction of a closed window is published with the next flush: many late events of one window make one record. One
 * thread.
 */
final class Windows {
    /** Takes a window that is complete as far as the watermark tells. */
    interface Publisher {
        void publish(WindowSize size, long startMs, SeriesAggregate window);
    }

    private final WindowSize size;
    private final Publisher publisher;
    private final OpenSlices open;
    private final KeyValueStore<SliceKey, SeriesAggregate> closed;
    private final KeyValueStore<SliceKey, SeriesAggregate> corrections;
    private final Map<SliceKey, SeriesAggregate> unpublished = new LinkedHashMap<>();
    private long watermarkMs = Watermark.UNKNOWN;

    Windows(WindowSize size, ProcessorContext<?, ?> context, Publisher publisher) {
        this.size = size;
        this.publisher = publisher;
        open = new OpenSlices(context.getStateStore(openStore(size)));
        closed = context.getStateStore(closedStore(size));
        corrections = context.getStateStore(correctionStore(size));
        try (KeyValueIterator<SliceKey, SeriesAggregate> stored = corrections.all()) {
            stored.forEachRemaining(entry -> unpublished.put(entry.key, entry.value));
        }
    }

    static String openStore(WindowSize size) {
        return "open-windows-" + name(size);
    }

    static String closedStore(WindowSize size) {
        return "closed-windows-" + name(size);
    }

    static String correctionStore(WindowSize size) {
        return "corrected-windows-" + name(size);
    }

    /** Changes the window that holds {@code timeMs}, open or closed. */
    void update(long timeMs, Series series, Consumer<SeriesAggregate> change) {
        long startMs = size.startOf(timeMs);
        if (size.endOf(startMs) > watermarkMs) {
            open.update(startMs, series, (key, window) -> change.accept(window));
        } else {
            correct(SliceKey.of(startMs, series), series, change);
        }
    }

    private void correct(SliceKey key, Series series, Consumer<SeriesAggregate> change) {
        SeriesAggregate window = unpublished.get(key);
        if (window == null) {
            SeriesAggregate published = closed.get(key);
            window = published == null ? SeriesAggregate.empty(series) : published.revised();
        }
        change.accept(window);
        unpublished.put(key, window);
        corrections.put(key, window);
    }

    /** Closes and publishes what ends at or before the watermark and forgets what is too old to be corrected. */
    void advance(long newWatermarkMs, long lateRetentionMs) {
        watermarkMs = newWatermarkMs;
        long lengthMs = size.endOf(0);
        open.close(watermarkMs - lengthMs, this::publish);
        SliceKey first = SliceKey.from(0);
        SliceKey last = SliceKey.from(Math.max(0, watermarkMs - lateRetentionMs - lengthMs + 1));
        try (KeyValueIterator<SliceKey, SeriesAggregate> expired = closed.range(first, last)) {
            expired.forEachRemaining(entry -> closed.delete(entry.key));
        }
    }

    /** Publishes the windows that late events changed since the last flush. */
    void flushCorrections() {
        unpublished.forEach((key, window) -> {
            publish(key, window);
            corrections.delete(key);
        });
        unpublished.clear();
    }

    /** Sets the watermark up to which windows were closed before a restart. */
    void restore(long storedWatermarkMs) {
        watermarkMs = storedWatermarkMs;
    }

    private void publish(SliceKey key, SeriesAggregate window) {
        closed.put(key, window);
        publisher.publish(size, key.startMs(), window);
    }

    private static String name(WindowSize size) {
        return size == WindowSize.MINUTE ? "1m" : "1h";
    }
}
