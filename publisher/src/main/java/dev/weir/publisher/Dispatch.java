package dev.weir.publisher;

import dev.weir.publisher.Outgoing.Parcel;
import dev.weir.serde.RegistryUnavailableException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the records of one topic to Kafka. Of one thread, which may have to wait here for as long as {@code max.block.ms} and the registry take.
 *
 * <p>What Kafka or the registry cannot take now, because they are away, is kept and tried again; what they refuse for good, or
 * do not confirm, is dropped and counted.
 */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Packing packing;
    private final String topic;
    private final Tally tally;
    private final Connection connection;
    private @Nullable Parcel held;
    private boolean complained;

    Dispatch(Packing packing, String topic, Tally tally, Connection connection) {
        this.packing = packing;
        this.topic = topic;
        this.tally = tally;
        this.connection = connection;
    }

    /** Sends all that waits; false if Kafka or the registry takes nothing at the moment. */
    boolean sendAll() {
        for (Parcel next = next(); next != null; next = next()) {
            held = next;
            if (!send(next)) {
                return false;
            }
            held = null;
        }
        return true;
    }

    /** Drops all that still waits. */
    void dropRest() {
        for (Parcel left = next(); left != null; left = packing.next()) {
            held = null;
            tally.drop(DropReason.CLOSED, left.recordings());
        }
    }

    private @Nullable Parcel next() {
        return held != null ? held : packing.next();
    }

    private boolean send(Parcel parcel) {
        Delivery delivery = new Delivery(parcel.recordings(), tally);
        Exception refusal;
        try {
            Future<RecordMetadata> unused =
                    connection.producer().send(new ProducerRecord<>(topic, parcel.key(), parcel.record()), delivery);
            refusal = delivery.leave();
        } catch (RuntimeException e) {
            refusal = e;
        }
        if (refusal == null) {
            recovered();
            return true;
        }
        if (mayPass(refusal)) {
            complain("nothing can be sent, what does not fit into the buffer will be dropped", refusal);
            return false;
        }
        complain("a record was refused and is dropped", refusal);
        tally.drop(
                refusal instanceof RecordTooLargeException ? DropReason.TOO_LARGE : DropReason.REFUSED,
                parcel.recordings());
        return true;
    }

    private boolean mayPass(Exception refusal) {
        return !connection.isOpen()
                || refusal instanceof TimeoutException
                || refusal instanceof InterruptException
                || refusal instanceof RegistryUnavailableException;
    }

    private void complain(String trouble, Exception failure) {
        if (!complained) {
            complained = true;
            LOG.warn("Topic {}: {}: {}", topic, trouble, text(failure));
        }
    }

    private void recovered() {
        if (complained) {
            complained = false;
            LOG.info("Sending to {} again; dropped so far: {}", topic, tally.dropped());
        }
    }

    private static String text(Exception failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : failure + ": " + cause;
    }
}
