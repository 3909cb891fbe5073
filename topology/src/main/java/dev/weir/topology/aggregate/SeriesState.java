package dev.weir.topology.aggregate;

import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.series.Successors;
import dev.weir.topology.shuffle.SeriesCodec;
import java.util.Arrays;
import java.util.List;

/**
 * One series that has something open: what the stage knows of it, worked out once.
 *
 * <p>{@code slot} is its place in the arrays of all open slices. One thread.
 */
final class SeriesState extends Successors.Link<SeriesState> {
    private final byte[] id;
    private final MetricKind kind;
    private final SketchRange range;
    private List<Route> routes = List.of();
    private List<Route> nextRoutes = List.of();
    private final int slot;
    private int openSlices;

    SeriesState(byte[] id, MetricKind kind, SketchRange range, int slot) {
        this.id = id;
        this.kind = kind;
        this.range = range;
        this.slot = slot;
    }

    /** Its bytes, as {@link dev.weir.topology.shuffle.SeriesCodec} writes them; not to be changed. */
    byte[] id() {
        return id;
    }

    /** Decoded, each time: kept, it would take several times the memory of its bytes. */
    Series series() {
        return SeriesCodec.decode(id);
    }

    Aggregate newAggregate() {
        return new Aggregate(kind, range);
    }

    /** Whether these are its bytes. */
    boolean isNamed(byte[] bytes, int from, int to) {
        return Arrays.equals(id, 0, id.length, bytes, from, to);
    }

    /** Sets where its panes go, now and from the next rule set on. */
    void route(List<Route> now, List<Route> next) {
        routes = now;
        nextRoutes = next;
    }

    /** Where its panes go. */
    List<Route> routes(boolean next) {
        return next ? nextRoutes : routes;
    }

    /** True if a rule reads it, now or from the next rule set on. */
    boolean readByRules() {
        return !routes.isEmpty() || !nextRoutes.isEmpty();
    }

    int slot() {
        return slot;
    }

    /** False also before its first slice has been opened. */
    boolean isOpen() {
        return openSlices > 0;
    }

    void opened() {
        openSlices++;
    }

    /** True if this was the last slice it had open. */
    boolean closed() {
        return --openSlices == 0;
    }
}
