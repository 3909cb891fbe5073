package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricBatch;
import dev.weir.events.MetricKind;
import dev.weir.publisher.Outgoing.Measured;
import dev.weir.publisher.Outgoing.Parcel;
import dev.weir.series.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits becomes batches, also while more comes. */
@Timeout(30)
final class PackingTest {
    private static final Channel CHANNEL =
            Channel.of(Series.of("a_total", "shop", Map.of(), MetricKind.COUNT, null), null);

    private final Outbox outbox = new Outbox(64 << 20, new Tally());
    private final Packing packing = new Packing(outbox, "shop", 100);

    @Test
    void batchesAreAsLargeAsAllowed() {
        for (int i = 0; i < 250; i++) {
            outbox.put(new Measured(CHANNEL, i, 1, null, 1));
        }
        assertThat(recordings(packing.next())).isEqualTo(100);
        assertThat(recordings(packing.next())).isEqualTo(100);
        assertThat(recordings(packing.next())).isEqualTo(50);
        assertThat(packing.next()).isNull();
    }

    @Test
    void measurementsThatComeWhileItLooksAreNotLost() {
        int all = 300_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < all; i++) {
                outbox.put(new Measured(CHANNEL, i, 1, null, 1));
            }
        });
        writer.start();
        long packed = 0;
        while (packed < all) {
            Parcel next = packing.next();
            packed += next == null ? 0 : next.recordings();
        }
        assertThat(packed).isEqualTo(all);
        assertThat(outbox.usedBytes()).isZero();
    }

    private static long recordings(@org.jspecify.annotations.Nullable Parcel parcel) {
        return parcel != null && parcel.record() instanceof MetricBatch batch
                ? batch.getMeasurements().size()
                : -1;
    }
}
