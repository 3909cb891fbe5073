package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.StoredRules;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * By which rules panes are sent: those of one set, and from a minute on, once it is agreed, those of the next. Stored, so that
 * a restart goes on alike. One thread.
 */
final class Routing {
    private static final String NOW = "now";
    private static final String NEXT = "next";
    private static final String FROM = "rules-change";

    private final StoredRules stored;
    private final KeyValueStore<String, Long> clock;
    private final int partitions;
    private RuleSet now;
    private @Nullable RuleSet next;
    private long fromMs;

    /** @param partitions of the rule stage */
    Routing(StoredRules stored, KeyValueStore<String, Long> clock, Duration pane, int partitions) {
        this.partitions = partitions;
        this.stored = stored;
        this.clock = clock;
        now = stored.get(NOW, pane);
        next = stored.has(NEXT) ? stored.get(NEXT, pane) : null;
        Long from = clock.get(FROM);
        fromMs = from == null ? Announcement.ALWAYS : from;
    }

    /** Sets the rules of the series as they are now. */
    void route(SeriesState state, Series series) {
        List<Route> routes = now.routes(series, partitions);
        state.route(routes, next == null ? routes : next.routes(series, partitions));
    }

    /** True if a set is waiting for its time. */
    boolean changes() {
        return next != null;
    }

    /** The time from which the next set counts, or the present one has. */
    long fromMs() {
        return fromMs;
    }

    RuleSet now() {
        return now;
    }

    /** The newest set agreed on: it may be waiting for its time. */
    RuleSet newest() {
        RuleSet to = next;
        return to == null ? now : to;
    }

    /** What the next stage is told. */
    Announcement announcement() {
        return new Announcement(newest().id(), fromMs);
    }

    /** Agrees on another set from a time on. */
    void agree(RuleSet to, long changeMs) {
        next = to;
        fromMs = changeMs;
        stored.put(NEXT, to);
        clock.put(FROM, changeMs);
    }

    /** The time of the next set has come; returns the one before. */
    RuleSet turn() {
        RuleSet before = now;
        now = newest();
        next = null;
        stored.put(NOW, now);
        stored.delete(NEXT);
        return before;
    }
}
