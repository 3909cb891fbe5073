package dev.weir.topology.shuffle;

/**
 * Something that a partition of the rule stage kept of a unit, on its way to the one that goes on with it: rules → rules, when a
 * change of rules divides the unit otherwise. The last that a partition says of a change to each of the others is {@link
 * Kind#END}, also if nothing moves.
 */
public final class MovedState implements Shuffled {
    /** What it is. */
    public enum Kind {
        /** Unit → a {@link DeltaPack}. */
        PANES,
        /** Rule and fingerprint → the alert, as it is stored. */
        ALERT,
        /** Rule → series that it recorded at its last tick, as they are stored. */
        RECORDED,
        /** There is no more; without key and value. */
        END
    }

    private final int to;
    private final int from;
    private final long changeMs;
    private final Kind kind;
    private final String key;
    private final byte[] value;

    /** @param changeMs event time of the change of rules */
    public MovedState(int to, int from, long changeMs, Kind kind, String key, byte[] value) {
        this.to = to;
        this.from = from;
        this.changeMs = changeMs;
        this.kind = kind;
        this.key = key;
        this.value = value;
    }

    /** The partition it goes to. */
    public int to() {
        return to;
    }

    /** The partition that kept it. */
    public int from() {
        return from;
    }

    public long changeMs() {
        return changeMs;
    }

    public Kind kind() {
        return kind;
    }

    public String key() {
        return key;
    }

    /** The bytes, not copied: do not change. */
    public byte[] value() {
        return value;
    }
}
