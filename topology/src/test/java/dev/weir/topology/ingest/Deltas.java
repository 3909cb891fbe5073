package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.series.KeyPartition;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the packs sent so far add up to, all panes of a series together; checks that each came to the right partition. */
final class Deltas {
    static final int PARTITIONS = 4;

    private final Map<String, Aggregate> bySeries = new HashMap<>();
    private final List<String> packs = new ArrayList<>();

    @Nullable
    SketchRange range;

    /** Adds a message if it is a pack. */
    void add(Object message) {
        if (message instanceof Shuffled.Deltas deltas) {
            add(deltas.partition(), deltas.pack());
        }
    }

    void add(int partition, byte[] pack) {
        DeltaPack.Cursor cursor = new DeltaPack.Cursor().open(pack);
        packs.add(cursor.startMs() + (cursor.windowsOnly() ? " windows only" : ""));
        while (cursor.next()) {
            Series series = series(cursor);
            if (partition != KeyPartition.of(series.key(), PARTITIONS)) {
                throw new AssertionError(series.key() + " came to partition " + partition);
            }
            SketchRange sketch = range == null ? SketchRange.of(series.metric(), series.unit()) : range;
            cursor.mergeInto(bySeries.computeIfAbsent(series.key(), key -> new Aggregate(series.kind(), sketch)));
        }
    }

    private static Series series(DeltaPack.Cursor cursor) {
        return SeriesCodec.decode(Arrays.copyOfRange(cursor.array(), cursor.seriesFrom(), cursor.seriesTo()));
    }

    /** What the series with this key did. */
    Aggregate aggregate(String key) {
        Aggregate found = bySeries.get(key);
        if (found == null) {
            throw new AssertionError("no " + key + " in " + bySeries.keySet());
        }
        return found;
    }

    /** How many series there are. */
    int series() {
        return bySeries.size();
    }

    /** Pane start and lateness of each pack, in order. */
    List<String> packs() {
        return packs;
    }
}
