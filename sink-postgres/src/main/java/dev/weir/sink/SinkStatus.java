package dev.weir.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is doing at one instant, for a health endpoint.
 *
 * @param state see {@link State}
 * @param since when it came into this state
 * @param reason why it is paused or failed; null otherwise
 * @param rowsWritten rows inserted or replaced since start; a replayed record that changes nothing is not counted
 * @param recordsRejected records set aside in {@code weir.sink_rejects} since start
 * @param lastError the latest failure of any kind since start, also one that is over; null when there was none
 */
public record SinkStatus(
        State state,
        Instant since,
        @Nullable String reason,
        long rowsWritten,
        long recordsRejected,
        @Nullable String lastError) {
    /** The states, in the order of a life. */
    public enum State {
        /** Made, not started. */
        NEW,
        /** Reads and writes. */
        RUNNING,
        /** PostgreSQL or the schema registry is away: nothing is read, nothing is lost, it tries again. */
        PAUSED,
        /** Ended by an error that trying again does not cure. */
        FAILED,
        /** Closed. */
        CLOSED
    }
}
