package dev.weir.topology.time;

import java.util.OptionalLong;

/** Says for one partition what a polling consumer would. */
public final class PolledPositions {
    private final InputPositions positions;
    private final int partition;

    public PolledPositions(InputPositions positions, int partition) {
        this.positions = positions;
        this.partition = partition;
    }

    /** A poll delivered records up to {@code offset}. */
    public void upTo(long offset, long lag) {
        positions.polled(partition, OptionalLong.of(offset), OptionalLong.of(lag));
    }

    /** A poll delivered nothing. */
    public void empty(long lag) {
        positions.polled(partition, OptionalLong.empty(), OptionalLong.of(lag));
    }
}
