package dev.weir.topology.ruleset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule sets that this process knows: the newest good one, and those shortly before, which a task that is behind may still
 * be told to run. Thread-safe.
 *
 * <p>How all tasks of all processes change to a new set at one event time:
 *
 * <ol>
 *   <li>Every ingest task looks here before each commit. One that finds another set sends from then on the panes that both the
 *       old and the new one need, and says with its watermark: "set X, from the minute behind everything I have seen".
 *   <li>When all ingest tasks say X, an aggregate task goes over to it at the latest of those minutes, the same in all tasks:
 *       panes before are sent by the old set's selections, panes from there on by the new one's. When its watermark
 *       comes there, it sends what new selections read of the time before out of the closed windows that it stores, and says
 *       with its watermark: "set X, from that minute".
 *   <li>A rule task evaluates the ticks up to that minute by the old set and those behind it by X. Where not all aggregate tasks
 *       sent by one set, as may be when sets follow each other within seconds, it evaluates the groups that are the same in
 *       all of them. Ticks of the others are left out and counted, and their alerts stay as they are.
 *   <li>A group that X divides otherwise over the partitions of that stage has its panes, alerts and recorded series moved
 *       there. A partition that comes to a change evaluates nothing behind it until all others have come there too.
 * </ol>
 *
 * <p>Each task keeps what it follows in its changelogged store, so a restart anywhere changes nothing of this. While processes
 * know different sets, the stream goes on with the one they had in common; of several sets that follow each other within
 * seconds some may never run, the last one always does.
 */
public final class RuleBook {
    static final int REMEMBERED = 16;

    private final Map<Long, RuleSet> byId = new LinkedHashMap<>();
    private volatile @Nullable RuleSet current;

    /** An empty book: tasks go on with the set that they stored. */
    public RuleBook() {}

    /** A book of one set. */
    public RuleBook(RuleSet first) {
        turnTo(first);
    }

    /** The newest set; empty if there was no good one yet. */
    public Optional<RuleSet> current() {
        return Optional.ofNullable(current);
    }

    /** A set by its id, if it is not long gone. */
    public synchronized Optional<RuleSet> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Takes note of a set that was the newest before this process began. */
    public synchronized void remember(RuleSet past) {
        put(past);
    }

    /** Makes a set the newest. */
    public synchronized void turnTo(RuleSet next) {
        put(next);
        current = next;
    }

    private void put(RuleSet set) {
        byId.remove(set.id());
        byId.put(set.id(), set);
        if (byId.size() > REMEMBERED) {
            byId.remove(byId.keySet().iterator().next());
        }
    }
}
