package dev.weir.sink;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes records that cannot be rows into {@code weir.sink_rejects}, each once. */
final class RejectTable {
    private static final String INSERT = """
            INSERT INTO weir.sink_rejects
                (group_id, topic, partition, record_offset, reason, record_key, record_value, rejected_at)
            VALUES (:group, :topic, :partition, :offset, :reason, :key, :value, :now)
            ON CONFLICT DO NOTHING
            """;

    private final String groupId;
    private final InstantSource clock;

    RejectTable(String groupId, InstantSource clock) {
        this.groupId = groupId;
        this.clock = clock;
    }

    void insert(Handle handle, List<Reject> rejects) {
        if (rejects.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (Reject reject : rejects) {
                batch.bind("group", groupId)
                        .bind("topic", reject.source().topic())
                        .bind("partition", reject.source().partition())
                        .bind("offset", reject.source().offset())
                        .bind("reason", reject.reason())
                        .bind("key", reject.source().key())
                        .bind("value", reject.source().value())
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .add();
            }
            batch.execute();
        }
    }
}
