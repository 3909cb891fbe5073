package dev.weir.alerting.lifecycle;

/** Where an alert is in its life. A closed one is remembered for its sequence number alone. */
public enum Phase {
    PENDING(1),
    FIRING(2),
    CLOSED(3);

    private final int code;

    Phase(int code) {
        this.code = code;
    }

    /** Its number in encoded state; never changes. */
    int code() {
        return code;
    }

    static Phase ofCode(int code) {
        for (Phase phase : values()) {
            if (phase.code == code) {
                return phase;
            }
        }
        throw new IllegalArgumentException("phase is " + code + ", must be 1 to " + values().length);
    }
}
