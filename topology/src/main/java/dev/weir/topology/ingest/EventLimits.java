package dev.weir.topology.ingest;

/**
 * The bounds that an input event must keep.
 *
 * @param labels how many labels besides {@code service}
 * @param nameLength characters of a service, metric or label name
 * @param labelValueLength characters of a label value
 * @param recordBytes bytes of a record's value
 * @param batchSize measurements in a batch
 * @param rejectedOriginalBytes how many bytes of its original a rejected event shows
 */
public record EventLimits(
        int labels, int nameLength, int labelValueLength, int recordBytes, int batchSize, int rejectedOriginalBytes) {
    public static final EventLimits DEFAULTS = new EventLimits(32, 128, 256, 1 << 20, 10_000, 1 << 16);

    public EventLimits {
        requirePositive(labels, "labels");
        requirePositive(nameLength, "name-length");
        requirePositive(labelValueLength, "label-value-length");
        requirePositive(recordBytes, "record-bytes");
        requirePositive(batchSize, "batch-size");
        requirePositive(rejectedOriginalBytes, "rejected-original-bytes");
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be > 0 (limits." + name + ")");
        }
    }
}
