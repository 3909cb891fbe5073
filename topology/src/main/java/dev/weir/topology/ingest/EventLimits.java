package dev.weir.topology.ingest;

import dev.weir.topology.shuffle.Original;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The bounds that an input event must keep.
 *
 * @param labels how many labels besides {@code service}
 * @param nameLength characters of a service, metric or label name
 * @param labelValueLength characters of a label value
 * @param recordBytes bytes of a record's value
 * @param batchSize measurements in a batch
 * @param rejectedOriginalBytes how many bytes of its record a rejected event shows; the measurements of a batch share
 *     them, but each shows 64
 */
public record EventLimits(
        int labels, int nameLength, int labelValueLength, int recordBytes, int batchSize, int rejectedOriginalBytes) {
    public static final EventLimits DEFAULTS = new EventLimits(32, 128, 256, 1 << 20, 10_000, 1 << 16);

    private static final int LEAST_SHOWN = 64;

    public EventLimits {
        requirePositive(labels, "labels");
        requirePositive(nameLength, "name-length");
        requirePositive(labelValueLength, "label-value-length");
        requirePositive(recordBytes, "record-bytes");
        requirePositive(batchSize, "batch-size");
        requirePositive(rejectedOriginalBytes, "rejected-original-bytes");
    }

    /** What a rejected event shows of its record, whose measurements share the bound. A copy. */
    Original original(ConsumerRecord<byte[], ByteBuffer> record, int measurements) {
        ByteBuffer value = record.value();
        if (value == null) {
            return new Original(Original.NO_VALUE, ByteBuffer.allocate(0));
        }
        int bound = Math.max(LEAST_SHOWN, rejectedOriginalBytes / Math.max(1, measurements));
        byte[] shown = Utils.toArray(value, 0, Math.min(value.remaining(), bound));
        return new Original(value.remaining(), ByteBuffer.wrap(shown));
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be > 0 (limits." + name + ")");
        }
    }
}
