package dev.weir.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a notifier is doing at one instant, for health and metrics.
 *
 * @param reason why it waits or has failed; null otherwise
 * @param firing alerts that fire
 * @param held those of them that are of the past and not told while the stream catches up
 * @param undecodable records of the topic that were passed over
 */
public record NotifierStatus(
        State state,
        @Nullable String reason,
        int firing,
        int held,
        long undecodable,
        List<AlertmanagerStatus> alertmanagers) {
    public NotifierStatus {
        alertmanagers = List.copyOf(alertmanagers);
    }

    /** The states, in the order of a life. */
    public enum State {
        /** Reads what is there; tells nobody yet. */
        READING,
        /** Tells. */
        RUNNING,
        /** Kafka or the schema registry do not answer. What is known is told on, if it was read to its end. */
        WAITING,
        /** Ended by an error that trying again does not cure. */
        FAILED,
        /** Closed. */
        CLOSED
    }
}
