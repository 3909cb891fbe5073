package dev.weir.app.config;

/**
 * The bounds on what one event may hold; an event beyond them is rejected.
 *
 * @param labels most labels of a measurement
 * @param nameLength most characters in the name of a metric, service or label
 * @param labelValueLength most characters in the value of a label
 * @param recordBytes most bytes in the value of a record
 * @param batch most measurements in a batch
 * @param rejectedOriginalBytes most bytes of a rejected record that are kept with the reason
 */
public record LimitSettings(
        int labels, int nameLength, int labelValueLength, int recordBytes, int batch, int rejectedOriginalBytes) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    static LimitSettings read(Section section) {
        return new LimitSettings(
                section.integer("labels", 32, 0, 256),
                section.integer("name-length", 128, 1, 1_024),
                section.integer("label-value-length", 256, 1, 16_384),
                section.bytes("record-bytes", MIB, KIB, 64 * MIB),
                section.integer("batch", 10_000, 1, 100_000),
                section.bytes("rejected-original-bytes", 64 * KIB, 0, MIB));
    }
}
