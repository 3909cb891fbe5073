package dev.weir.testing.flood;

/** One record of a flood as it is sent. */
public final class FloodRecord {
    private final int group;
    private final byte[] value;

    FloodRecord(int group, byte[] value) {
        this.group = group;
        this.value = value;
    }

    /** Equal for records that must go to one partition, 0 to {@value FloodSeries#SERVICES} − 1. */
    public int group() {
        return group;
    }

    /** The bytes of the record. Not to be changed. */
    public byte[] value() {
        return value;
    }
}
