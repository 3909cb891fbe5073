package dev.weir.topology.ruleset;

import dev.weir.topology.time.Watermark;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which rule set the partitions of the stage before follow, as each last said; kept in a store, for a restart. One thread.
 */
public final class Agreement {
    private static final String RULES = "rules-of-";
    private static final String FROM = "rules-from-";

    private final KeyValueStore<String, Long> store;
    private final Map<Integer, Announcement> latest = new TreeMap<>();
    private int upstreams = Integer.MAX_VALUE;

    /**
     * The set that all of them follow.
     *
     * @param firstMs event time from which the first of them follows it
     * @param lastMs event time from which all of them do
     */
    public record Agreed(long rules, long firstMs, long lastMs) {}

    /** What was said before a restart. */
    public Agreement(KeyValueStore<String, Long> store) {
        this.store = store;
        Map<Integer, Long> from = new TreeMap<>();
        Map<Integer, Long> rules = new TreeMap<>();
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.startsWith(RULES)) {
                    rules.put(Integer.valueOf(entry.key.substring(RULES.length())), entry.value);
                } else if (entry.key.startsWith(FROM)) {
                    from.put(Integer.valueOf(entry.key.substring(FROM.length())), entry.value);
                }
            });
        }
        rules.forEach((upstream, id) ->
                latest.put(upstream, new Announcement(id, from.getOrDefault(upstream, Announcement.ALWAYS))));
    }

    /** Takes in what the partition says that sends this watermark. */
    public void hear(Watermark watermark, Announcement announcement) {
        upstreams = watermark.upstreams();
        latest.keySet().removeIf(upstream -> upstream >= upstreams);
        if (!announcement.equals(latest.put(watermark.upstream(), announcement))) {
            store.put(RULES + watermark.upstream(), announcement.rules());
            store.put(FROM + watermark.upstream(), announcement.fromMs());
        }
    }

    /** The set that every partition follows; empty while they differ, or one has yet to speak. */
    public Optional<Agreed> agreed() {
        if (latest.size() < upstreams) {
            return Optional.empty();
        }
        long rules = latest.values().iterator().next().rules();
        long firstMs = Long.MAX_VALUE;
        long lastMs = Announcement.ALWAYS;
        for (Announcement one : latest.values()) {
            if (one.rules() != rules) {
                return Optional.empty();
            }
            firstMs = Math.min(firstMs, one.fromMs());
            lastMs = Math.max(lastMs, one.fromMs());
        }
        return Optional.of(new Agreed(rules, firstMs, lastMs));
    }

    /** The event time up to which all partitions follow this set; {@link Long#MAX_VALUE} while none follows another. */
    public long followedUntilMs(long rules) {
        return latest.values().stream()
                .filter(one -> one.rules() != rules)
                .mapToLong(Announcement::fromMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
