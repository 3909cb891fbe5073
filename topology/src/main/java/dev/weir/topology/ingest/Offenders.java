package dev.weir.topology.ingest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of folded events by service and metric, of those that have most.
 *
 * <p>Bounds: {@value #MOST} counters. Exact while no more are needed; then the smallest goes to the newcomer, who starts at
 * its count, so that nobody is under-counted and a heavy one is never missed (Metwally et al. 2005, "Space-Saving"). Not
 * thread-safe.
 */
final class Offenders {
    static final int MOST = 100;

    /** Whose events fold. */
    record Offender(String service, String metric) {}

    /** Who, and how many events at most. */
    record Folded(Offender offender, long events) {}

    private static final Comparator<Folded> MOST_FIRST = Comparator.comparingLong(Folded::events)
            .reversed()
            .thenComparing(folded -> folded.offender().service())
            .thenComparing(folded -> folded.offender().metric());

    private final Map<Offender, Long> counts = new HashMap<>();
    private long total;

    void add(String service, String metric) {
        total++;
        Offender offender = new Offender(service, metric);
        if (counts.size() < MOST || counts.containsKey(offender)) {
            counts.merge(offender, 1L, Long::sum);
            return;
        }
        List<Folded> all = top(MOST);
        Folded least = all.get(all.size() - 1);
        counts.remove(least.offender());
        counts.put(offender, least.events() + 1);
    }

    /** Those with most events, the most first. */
    List<Folded> top(int most) {
        return counts.entrySet().stream()
                .map(entry -> new Folded(entry.getKey(), entry.getValue()))
                .sorted(MOST_FIRST)
                .limit(most)
                .toList();
    }

    /** All events that were folded. */
    long total() {
        return total;
    }
}
