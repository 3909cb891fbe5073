package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.series.Successors;
import java.util.Arrays;
import java.util.List;

/**
 * One series that has something open: what the stage knows of it, worked out once.
 *
 * <p>{@code slot} is its place in the arrays of all open slices. One thread.
 */
final class SeriesState extends Successors.Link<SeriesState> {
    private final byte[] id;
    private final Series series;
    private final String key;
    private List<Route> routes = List.of();
    private List<Route> nextRoutes = List.of();
    private final int slot;
    private int openSlices;

    SeriesState(byte[] id, Series series, int slot) {
        this.id = id;
        this.series = series;
        this.key = series.key();
        this.slot = slot;
    }

    /** Its bytes, as {@link dev.weir.topology.shuffle.SeriesCodec} writes them; not to be changed. */
    byte[] id() {
        return id;
    }

    Series series() {
        return series;
    }

    /** Whether these are its bytes. */
    boolean isNamed(byte[] bytes, int from, int to) {
        return Arrays.equals(id, 0, id.length, bytes, from, to);
    }

    /** {@link Series#key()}. */
    String key() {
        return key;
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
