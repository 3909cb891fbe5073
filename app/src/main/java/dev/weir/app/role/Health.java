package dev.weir.app.role;

/**
 * How a role is at this moment.
 *
 * @param detail one sentence for a person; empty if there is nothing to add
 */
public record Health(Status status, String detail) {
    /** From good to bad. */
    public enum Status {
        /** Does its work. */
        UP,
        /** Not ready yet. */
        STARTING,
        /** Runs, but waits for something outside, such as a database that is down. */
        DEGRADED,
        /** Ended and will not come back by itself: the process should be restarted. */
        FAILED
    }

    public static Health up() {
        return new Health(Status.UP, "");
    }

    public boolean isReady() {
        return status == Status.UP;
    }

    public boolean isFailed() {
        return status == Status.FAILED;
    }
}
