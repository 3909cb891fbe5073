package dev.weir.topology.ingest;

import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.ReadSeries;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rule set that an ingest task follows: what it sends of a series, by the pane or by the minute, suits that set from a
 * minute on that is stored and announced. Until then, and longer than need be, it suits the set before as well; of a set
 * that this process does not know, all series travel by the pane. One thread.
 */
final class IngestRules {
    private static final String RULES = "rules";
    private static final String FROM = "rules-from";

    private final Supplier<Optional<ReadSeries>> newest;
    private final KeyValueStore<String, Long> store;
    private final IngestClock clock;
    private ReadSeries followed;

    IngestRules(Supplier<Optional<ReadSeries>> newest, KeyValueStore<String, Long> store, IngestClock clock) {
        this.newest = newest;
        this.store = store;
        this.clock = clock;
        Long stored = store.get(RULES);
        Long fromMs = store.get(FROM);
        followed = newest.get().orElse(new ReadSeries(stored == null ? 0 : stored, series -> true));
        if (stored != null && fromMs != null && stored == followed.rules()) {
            clock.follows(new Announcement(stored, fromMs));
        } else {
            announce();
        }
    }

    /** True for a series that travels by the pane. */
    Predicate<Series> read() {
        return followed.reads();
    }

    /** Goes over to the newest set, if there is another; no partial may be open. */
    void follow(SeriesRegister register) {
        Optional<ReadSeries> next = newest.get();
        if (next.isPresent() && next.get().rules() != followed.rules()) {
            register.readByRules(next.get().reads().or(followed.reads()));
            followed = next.get();
            announce();
        }
    }

    private void announce() {
        Announcement announcement = new Announcement(followed.rules(), clock.nextMinuteMs());
        store.put(RULES, announcement.rules());
        store.put(FROM, announcement.fromMs());
        clock.follows(announcement);
    }
}
