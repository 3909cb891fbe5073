package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.Original;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the records of the rejected topic. */
public final class Rejection {
    private static final int NO_VALUE = -1;

    private Rejection() {}

    /** What a rejected event shows of its input. */
    public static Original original(byte @Nullable [] value, int maxBytes) {
        return value == null
                ? new Original(NO_VALUE, ByteBuffer.allocate(0))
                : new Original(value.length, ByteBuffer.wrap(value, 0, Math.min(value.length, maxBytes)));
    }

    public static RejectedEvent of(
            RejectReason reason,
            String message,
            String topic,
            Coordinates source,
            @Nullable Long timestampMs,
            Original original) {
        return RejectedEvent.newBuilder()
                .setReason(reason)
                .setMessage(message)
                .setTopic(topic)
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setIndex(source.index() == Coordinates.WHOLE_RECORD ? null : source.index())
                .setBrokerTimestamp(Instant.ofEpochMilli(source.brokerTimeMs()))
                .setEventTimestamp(timestampMs == null ? null : Instant.ofEpochMilli(timestampMs))
                .setOriginalSize(original.size())
                .setOriginal(original.bytes())
                .build();
    }

    /** Key of a record on the rejected topic. */
    public static String key(RejectedEvent rejected) {
        return rejected.getTopic() + "-" + rejected.getPartition() + "-" + rejected.getOffset();
    }
}
