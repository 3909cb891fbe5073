package dev.weir.topology.rule;

import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.shuffle.MovedState;
import dev.weir.topology.shuffle.MovedState.Kind;
import dev.weir.topology.shuffle.ShuffledSerde;
import dev.weir.topology.state.TimeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the partitions of the rule stage give each other at a change of rules that divides units otherwise, and how they wait for
 * it.
 *
 * <p>Each partition that comes to a change gives what it kept of those units to where it belongs from there on, and then says to
 * every other one that there is no more. What comes is held until this partition is at that change too and all others have said
 * so; before that it evaluates no tick behind the change. A partition that leaves a change out says so too: nobody waits
 * for it. One thread.
 */
final class Handover {
    private static final String PASSED = "passed-by-";
    private static final String AWAITED = "awaited-change";
    private static final byte[] NOTHING = {};

    private final int partition;
    private final int partitions;
    /** (change, sequence) → what has come. */
    private final KeyValueStore<Bytes, byte[]> held;

    private final KeyValueStore<String, Long> clock;
    private final Consumer<MovedState> sender;
    private long next;
    private int heldMessages;

    Handover(
            int partition,
            int partitions,
            KeyValueStore<Bytes, byte[]> held,
            KeyValueStore<String, Long> clock,
            Consumer<MovedState> sender) {
        this.partition = partition;
        this.partitions = partitions;
        this.held = held;
        this.clock = clock;
        this.sender = sender;
        try (KeyValueIterator<Bytes, byte[]> all = held.all()) {
            all.forEachRemaining(entry -> {
                next = Math.max(next, TimeKey.second(entry.key) + 1);
                heldMessages++;
            });
        }
    }

    /** Gives state to a partition, which may be this one. */
    void give(int to, long changeMs, Kind kind, String key, byte[] value) {
        MovedState moved = new MovedState(to, partition, changeMs, kind, key, value);
        if (to == partition) {
            take(moved);
        } else {
            sender.accept(moved);
        }
    }

    /** This partition is at a change and gives no more. */
    void end(long changeMs) {
        if (changeMs > passedBy(partition)) {
            clock.put(PASSED + partition, changeMs);
            for (int to = 0; to < partitions; to++) {
                if (to != partition) {
                    give(to, changeMs, Kind.END, "", NOTHING);
                }
            }
        }
    }

    /** From now on nothing is evaluated until all partitions have given what they kept up to a change. */
    void await(long changeMs) {
        clock.put(AWAITED, changeMs);
    }

    /** Takes what another partition says. */
    void take(MovedState moved) {
        if (moved.kind() == Kind.END) {
            clock.put(PASSED + moved.from(), Math.max(moved.changeMs(), passedBy(moved.from())));
        } else {
            held.put(TimeKey.of(moved.changeMs(), next++), ShuffledSerde.SERIALIZER.serialize("", moved));
            heldMessages++;
        }
    }

    /** False while others may have something to give; once they have not, all is handed on, in the order in which it came. */
    boolean isComplete(Consumer<MovedState> taker) {
        Long awaitedMs = clock.get(AWAITED);
        if (awaitedMs != null) {
            for (int other = 0; other < partitions; other++) {
                if (other != partition && passedBy(other) < awaitedMs) {
                    return false;
                }
            }
            clock.delete(AWAITED);
        }
        if (heldMessages > 0) {
            handOn(taker);
        }
        return true;
    }

    private void handOn(Consumer<MovedState> taker) {
        Bytes last = TimeKey.of(Math.max(0, passedBy(partition)), Long.MAX_VALUE);
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = held.range(TimeKey.of(0, 0), last)) {
            range.forEachRemaining(due::add);
        }
        for (KeyValue<Bytes, byte[]> entry : due) {
            taker.accept((MovedState) ShuffledSerde.DESERIALIZER.deserialize("", entry.value));
            held.delete(entry.key);
            heldMessages--;
        }
    }

    private long passedBy(int other) {
        Long changeMs = clock.get(PASSED + other);
        return changeMs == null ? Announcement.ALWAYS : changeMs;
    }
}
