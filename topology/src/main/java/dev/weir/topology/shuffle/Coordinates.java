package dev.weir.topology.shuffle;

/**
 * Where an event came from.
 *
 * @param partition of the events topic
 * @param offset of the record
 * @param index of the measurement in a batch, or {@link #WHOLE_RECORD}
 * @param brokerTimeMs timestamp of the record on the broker
 */
public record Coordinates(int partition, long offset, int index, long brokerTimeMs) {
    /** The index of an event that is a record of its own. */
    public static final int WHOLE_RECORD = -1;
}
