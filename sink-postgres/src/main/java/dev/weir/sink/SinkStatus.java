package dev.weir.sink;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink, or one feed of it, is doing at one instant, for a health endpoint.
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
    private static final List<State> GRAVITY =
            List.of(State.FAILED, State.PAUSED, State.NEW, State.RUNNING, State.CLOSED);

    /** One status for several: the state, reason and error of the one worst off, rows and rejects added up. */
    static SinkStatus worst(Collection<SinkStatus> all) {
        SinkStatus worst = all.stream()
                .min(Comparator.comparingInt(each -> GRAVITY.indexOf(each.state())))
                .orElseThrow();
        return new SinkStatus(
                worst.state(),
                worst.since(),
                worst.reason(),
                all.stream().mapToLong(SinkStatus::rowsWritten).sum(),
                all.stream().mapToLong(SinkStatus::recordsRejected).sum(),
                worst.lastError());
    }

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
