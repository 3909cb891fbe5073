package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.series.Successors;
import dev.weir.topology.shuffle.SeriesCodec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The series that have something open in this partition, by their bytes; a series leaves with its last open slice. One thread. */
final class OpenSeries {
    private final Routing routing;
    private final MetricCatalog metrics;
    private final SeriesTable<SeriesState> byId = new SeriesTable<>();
    private final Successors<SeriesState> order = new Successors<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private int slots;

    OpenSeries(Routing routing, MetricCatalog metrics) {
        this.routing = routing;
        this.metrics = metrics;
    }

    /** The series whose bytes are {@code [from, to)}; it must be given an open slice, or it stays for ever. */
    SeriesState get(byte[] bytes, int from, int to) {
        SeriesState likely = order.likely();
        if (likely != null && likely.isOpen() && likely.isNamed(bytes, from, to)) {
            order.came(likely);
            return likely;
        }
        SeriesState known = byId.find(bytes, from, to);
        SeriesState found = known == null ? add(bytes, from, to) : known;
        order.cameInstead(found);
        return found;
    }

    private SeriesState add(byte[] bytes, int from, int to) {
        byte[] id = Arrays.copyOfRange(bytes, from, to);
        Series series = SeriesCodec.decode(id);
        Integer free = freeSlots.pollLast();
        SeriesState added = new SeriesState(
                id, series.kind(), metrics.range(series.metric(), series.unit()), free == null ? slots++ : free);
        routing.route(added, series);
        byId.put(id, added);
        return added;
    }

    /** The rules have changed. */
    void routeAll() {
        byId.forEach(series -> routing.route(series, series.series()));
    }

    /** One slice of the series has closed. */
    void closed(SeriesState series) {
        if (series.closed()) {
            byId.remove(series.id());
            order.remove(series);
            freeSlots.addLast(series.slot());
        }
    }
}
