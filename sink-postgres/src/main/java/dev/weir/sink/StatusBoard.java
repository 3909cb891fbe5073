package dev.weir.sink;

import dev.weir.sink.SinkStatus.State;
import java.time.InstantSource;

/** The current {@link SinkStatus}: written by the sink's thread, read by any. */
final class StatusBoard {
    private final InstantSource clock;
    private SinkStatus status;

    StatusBoard(InstantSource clock) {
        this.clock = clock;
        status = new SinkStatus(State.NEW, clock.instant(), null, 0, 0, null);
    }

    synchronized SinkStatus current() {
        return status;
    }

    synchronized void running() {
        if (status.state() != State.RUNNING) {
            move(State.RUNNING);
        }
    }

    /** Returns whether this is the beginning of the pause. */
    synchronized boolean paused(String reason) {
        boolean begins = status.state() != State.PAUSED;
        trouble(State.PAUSED, reason);
        return begins;
    }

    synchronized void failed(String reason) {
        trouble(State.FAILED, reason);
    }

    /** A failed sink stays failed. */
    synchronized void closed() {
        if (status.state() != State.FAILED) {
            move(State.CLOSED);
        }
    }

    synchronized void wrote(long rows, long rejected) {
        status = new SinkStatus(
                status.state(),
                status.since(),
                status.reason(),
                status.rowsWritten() + rows,
                status.recordsRejected() + rejected,
                status.lastError());
    }

    private void move(State state) {
        status = new SinkStatus(
                state, clock.instant(), null, status.rowsWritten(), status.recordsRejected(), status.lastError());
    }

    private void trouble(State state, String reason) {
        status = new SinkStatus(
                state,
                status.state() == state ? status.since() : clock.instant(),
                reason,
                status.rowsWritten(),
                status.recordsRejected(),
                reason);
    }
}
