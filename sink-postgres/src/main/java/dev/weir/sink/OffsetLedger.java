package dev.weir.sink;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
            SELECT owner_epoch FROM weir.sink_offsets
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

    /**
     * Moves the offsets on, in the caller's transaction.
     *
     * @param epochs what {@link #claim} returned for each partition
     * @throws StaleOwnerException when one of the partitions has a newer owner
     */
    void advance(Handle handle, Map<TopicPartition, Long> nextOffsets, Map<TopicPartition, Long> epochs) {
        nextOffsets.forEach((partition, next) -> {
            requireOwner(handle, partition, epochs.get(partition));
            handle.createUpdate(ADVANCE)
                    .bind("group", groupId)
                    .bind("topic", partition.topic())
                    .bind("partition", partition.partition())
                    .bind("next", next)
                    .bind("now", now())
                    .execute();
        });
    }

    private void requireOwner(Handle handle, TopicPartition partition, @Nullable Long mine) {
        Long current = handle.createQuery(LOCK)
                .bind("group", groupId)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
        if (mine == null || !mine.equals(current)) {
            throw new StaleOwnerException(
                    "owner epoch of " + partition + " is " + mine + ", must be the current one, " + current);
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
