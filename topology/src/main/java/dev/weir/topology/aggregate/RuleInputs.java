package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.shuffle.DeltaPack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs the panes of one start by where they go. One thread. */
final class RuleInputs {
    /** Takes the panes of one start that go there. */
    interface Sender {
        void send(Route route, long startMs, byte[] pack);
    }

    private final Sender sender;
    private final Map<Route, DeltaPack.Writer> byRoute = new LinkedHashMap<>();
    private long startMs;

    RuleInputs(Sender sender) {
        this.sender = sender;
    }

    /** Adds a pane for where its series goes; panes of another start must have been flushed. */
    void add(long paneStartMs, byte[] series, List<Route> routes, Aggregate aggregate) {
        startMs = paneStartMs;
        for (Route route : routes) {
            DeltaPack.Writer writer = byRoute.get(route);
            if (writer == null) {
                writer = new DeltaPack.Writer();
                writer.begin(startMs, false);
                byRoute.put(route, writer);
            }
            writer.add(series, aggregate);
            if (writer.isFull()) {
                sender.send(route, startMs, writer.toByteArray());
                writer.begin(startMs, false);
            }
        }
    }

    /** Sends what has been added since. */
    void flush() {
        byRoute.forEach((route, writer) -> {
            if (!writer.isEmpty()) {
                sender.send(route, startMs, writer.toByteArray());
            }
        });
        byRoute.clear();
    }
}
