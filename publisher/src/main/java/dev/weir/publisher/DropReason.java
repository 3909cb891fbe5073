package dev.weir.publisher;

/** Why a recording never reached Kafka. */
public enum DropReason {
    /** The buffer was full: Kafka or the registry was away too long, or too slow. */
    BUFFER_FULL,
    /** Not a number, infinite, or negative where that means nothing. */
    INVALID_VALUE,
    /** An id, worker, type or event id that no rule of Weir allows. */
    INVALID_TEXT,
    /** Its instrument was one more than the bound on instruments allows. */
    TOO_MANY_SERIES,
    /** Greater than what Kafka takes as one record. */
    TOO_LARGE,
    /** Kafka or the registry refused it for good. */
    REFUSED,
    /** Kafka did not confirm it in time. It may have arrived all the same. */
    NOT_DELIVERED,
    /** Recorded after the publisher was closed, or left when the time for closing was over. */
    CLOSED
}
