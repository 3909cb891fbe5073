package dev.weir.app.config;

import dev.weir.topology.ingest.EventLimits;

/** Reads the section {@code limits}. */
final class LimitSection {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final EventLimits DEFAULTS = EventLimits.DEFAULTS;

    private LimitSection() {}

    static EventLimits read(Section section) {
        return new EventLimits(
                section.integer("labels", DEFAULTS.labels(), 1, 256),
                section.integer("name-length", DEFAULTS.nameLength(), 1, 1_024),
                section.integer("label-value-length", DEFAULTS.labelValueLength(), 1, 16_384),
                section.bytes("record-bytes", DEFAULTS.recordBytes(), KIB, 64 * MIB),
                section.integer("batch-size", DEFAULTS.batchSize(), 1, 100_000),
                section.bytes("rejected-original-bytes", DEFAULTS.rejectedOriginalBytes(), 1, MIB));
    }
}
