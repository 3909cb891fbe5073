package dev.weir.topology.ruleset;

import dev.weir.topology.time.Watermark;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which rule set the partitions of the stage before follow, and from which event time on, as they said one after the other;
 * kept in a store, for a restart. One thread.
 */
public final class Agreement {
    private static final String RULES = "rules-of-";
    private static final String FROM = "@";

    private final KeyValueStore<String, Long> store;
    /** Upstream → event time → the set that it follows from there on. */
    private final Map<Integer, NavigableMap<Long, Long>> said = new TreeMap<>();

    private int upstreams = Integer.MAX_VALUE;

    /**
     * The newest set of all.
     *
     * @param lastMs event time from which all of them follow it
     */
    public record Agreed(long rules, long lastMs) {}

    /** What was said before a restart. */
    public Agreement(KeyValueStore<String, Long> store) {
        this.store = store;
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.startsWith(RULES)) {
                    int from = entry.key.indexOf(FROM);
                    of(Integer.parseInt(entry.key.substring(RULES.length(), from)))
                            .put(Long.valueOf(entry.key.substring(from + 1)), entry.value);
                }
            });
        }
    }

    /** Takes in what the partition says that sends this watermark. */
    public void hear(Watermark watermark, Announcement announcement) {
        upstreams = watermark.upstreams();
        int upstream = watermark.upstream();
        Long before = of(upstream).put(announcement.fromMs(), announcement.rules());
        if (before == null || before != announcement.rules()) {
            store.put(key(upstream, announcement.fromMs()), announcement.rules());
        }
    }

    /** False while a partition has yet to speak, and after a restart until one has: nothing is known then of how many there are. */
    public boolean isHeard() {
        return said.size() >= upstreams;
    }

    /** The set that every partition follows in the end; empty while they differ, or one has yet to speak. */
    public Optional<Agreed> agreed() {
        OptionalLong rules = inForce(Long.MAX_VALUE);
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        long lastMs =
                said.values().stream().mapToLong(NavigableMap::lastKey).max().orElse(Announcement.ALWAYS);
        return Optional.of(new Agreed(rules.getAsLong(), lastMs));
    }

    /** The set that every partition follows just behind a time; empty where they differ, or one has yet to speak. */
    public OptionalLong inForce(long timeMs) {
        Set<Long> followed = followed(timeMs);
        return followed.size() == 1 ? OptionalLong.of(followed.iterator().next()) : OptionalLong.empty();
    }

    /** All sets that partitions follow just behind a time; empty while one has yet to speak. */
    public Set<Long> followed(long timeMs) {
        Set<Long> followed = new TreeSet<>();
        for (NavigableMap<Long, Long> one : said.values()) {
            Map.Entry<Long, Long> entry = one.floorEntry(timeMs);
            if (entry == null) {
                return Set.of();
            }
            followed.add(entry.getValue());
        }
        return isHeard() ? followed : Set.of();
    }

    /** The first time behind this one at which a partition goes over to another set; {@link Long#MAX_VALUE} if none has said so. */
    public long nextChangeMs(long timeMs) {
        return said.values().stream()
                .map(one -> one.higherKey(timeMs))
                .filter(next -> next != null)
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Forgets what was followed only before a time. */
    public void forgetBefore(long timeMs) {
        said.forEach((upstream, one) -> {
            Long inForce = one.floorKey(timeMs);
            if (inForce != null) {
                NavigableMap<Long, Long> old = one.headMap(inForce, false);
                old.keySet().forEach(fromMs -> store.delete(key(upstream, fromMs)));
                old.clear();
            }
        });
    }

    private NavigableMap<Long, Long> of(int upstream) {
        return said.computeIfAbsent(upstream, absent -> new TreeMap<>());
    }

    private static String key(int upstream, long fromMs) {
        return RULES + upstream + FROM + fromMs;
    }
}
