package dev.weir.sink;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of one consumer group in {@code weir.sink_offsets}, with the epoch of the owner of each partition.
 *
 * <p>A new owner raises the epoch in a transaction of its own. Every write first locks the row and compares: an owner
 * that was replaced without knowing it (a long pause, a network cut) finds a greater epoch and writes nothing. A
 * transaction that still holds the lock makes the new owner wait, so it always reads the final offset.
 */
final class OffsetLedger {
    private static final String CLAIM = """
            INSERT INTO weir.sink_offsets AS t (group_id, topic, partition, next_offset, owner_epoch, updated_at)
            VALUES (:group, :topic, :partition, 0, 1, :now)
            ON CONFLICT (group_id, topic, partition)
            DO UPDATE SET owner_epoch = t.owner_epoch + 1, updated_at = excluded.updated_at
            RETURNING next_offset, owner_epoch
            """;
    private static final String LOCK = """
            SELECT next_offset, owner_epoch FROM weir.sink_offsets
            WHERE group_id = :group AND topic = :topic AND partition = :partition
            FOR UPDATE
            """;
    private static final String ADVANCE = """
            UPDATE weir.sink_offsets SET next_offset = :next, updated_at = :now
            WHERE group_id = :group AND topic = :topic AND partition = :partition
            """;

    private final String groupId;
    private final InstantSource clock;

    OffsetLedger(String groupId, InstantSource clock) {
        this.groupId = groupId;
        this.clock = clock;
    }

    /** A partition this sink owns: where it goes on, and the proof of ownership. */
    record Claim(long nextOffset, long ownerEpoch) {}

    /** Becomes the owner of a partition. */
    Claim claim(Handle handle, TopicPartition partition) {
        return handle.createQuery(CLAIM)
                .bind("group", groupId)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .bind("now", now())
                .map((row, context) -> new Claim(row.getLong("next_offset"), row.getLong("owner_epoch")))
                .one();
    }

    /** Begins a claimed partition anew: its topic has been made again. */
    Claim restart(Handle handle, TopicPartition partition, Claim claimed) {
        store(handle, partition, 0);
        return new Claim(0, claimed.ownerEpoch());
    }

    /**
     * Moves the offsets on, in the caller's transaction.
     *
     * @param polled what the transaction stores
     * @param epochs what {@link #claim} returned for each partition
     * @return where each partition stood: what lies before is stored, as after a COMMIT whose answer was lost
     * @throws StaleOwnerException when one of the partitions has a newer owner
     */
    Map<TopicPartition, Long> advance(
            Handle handle, Map<TopicPartition, OffsetRange> polled, Map<TopicPartition, Long> epochs) {
        Map<TopicPartition, Long> stored = new HashMap<>();
        polled.forEach((partition, range) -> {
            stored.put(partition, lock(handle, partition, epochs.get(partition)));
            store(handle, partition, range.next());
        });
        return stored;
    }

    private void store(Handle handle, TopicPartition partition, long next) {
        handle.createUpdate(ADVANCE)
                .bind("group", groupId)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .bind("next", next)
                .bind("now", now())
                .execute();
    }

    private long lock(Handle handle, TopicPartition partition, @Nullable Long mine) {
        @Nullable
        Claim current = handle.createQuery(LOCK)
                .bind("group", groupId)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .map((row, context) -> new Claim(row.getLong("next_offset"), row.getLong("owner_epoch")))
                .findOne()
                .orElse(null);
        if (mine == null || current == null || mine != current.ownerEpoch()) {
            throw new StaleOwnerException("owner epoch of " + partition + " is " + mine + ", must be the current one, "
                    + (current == null ? null : current.ownerEpoch()));
        }
        return current.nextOffset();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
