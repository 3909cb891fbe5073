package dev.weir.publisher;

/** Something that adds up by itself and is read at each flush, by the publisher's thread only. */
interface Source {
    /** Puts what came together since the last time into the outbox. */
    void collect(long nowMs, Outbox out);

    /** Whether it tells what is, and not what has come together. */
    default boolean isLevel() {
        return false;
    }
}
