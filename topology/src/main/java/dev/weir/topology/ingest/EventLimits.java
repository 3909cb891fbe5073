package dev.weir.topology.ingest;

import dev.weir.topology.shuffle.Original;
import dev.weir.topology.source.RecordPack;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
    Original original(RecordPack.Cursor record, int measurements) {
        if (record.isNull()) {
            return new Original(Original.NO_VALUE, ByteBuffer.allocate(0));
        }
        int length = record.to() - record.from();
        int bound = Math.max(LEAST_SHOWN, rejectedOriginalBytes / Math.max(1, measurements));
        int to = record.from() + Math.min(length, bound);
        return new Original(length, ByteBuffer.wrap(Arrays.copyOfRange(record.array(), record.from(), to)));
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be > 0 (limits." + name + ")");
        }
    }
}
