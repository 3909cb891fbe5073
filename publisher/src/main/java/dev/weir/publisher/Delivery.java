package dev.weir.publisher;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record. The producer tells within {@code send}, in the caller's thread, that it does not take the record,
 * and later, in its own, whether the record arrived.
 */
final class Delivery implements Callback {
    private final long recordings;
    private final Tally tally;
    private final Thread sender = Thread.currentThread();
    private @Nullable Exception refusal;
    private boolean left;

    Delivery(long recordings, Tally tally) {
        this.recordings = recordings;
        this.tally = tally;
    }

    /** Returns why the producer did not take the record, or null if it did; called after {@code send}. */
    @Nullable
    Exception leave() {
        left = true;
        return refusal;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null) {
            tally.deliver(recordings);
        } else if (Thread.currentThread().equals(sender) && !left) {
            refusal = failure;
        } else {
            tally.drop(DropReason.NOT_DELIVERED, recordings);
        }
    }
}
