package dev.weir.publisher;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Something that waits to be sent. */
sealed interface Outgoing {
    /** How much memory it takes, roughly, and never less. */
    long bytes();

    /** How many calls of the service it stands for. */
    long recordings();

    /** One measurement, to be sent in a batch with others. */
    record Measured(
            Channel channel,
            long timestampMs,
            double value,
            @Nullable String eventId,
            long recordings) implements Outgoing {
        private static final long OBJECT_BYTES = 96;

        @Override
        public long bytes() {
            return OBJECT_BYTES + eventIdBytes();
        }

        int encodedBytes() {
            return channel.encodedBytes() + eventIdBytes();
        }

        private int eventIdBytes() {
            return eventId == null ? 0 : 2 * eventId.length();
        }
    }

    /** One whole record. */
    record Parcel(Destination destination, @Nullable String key, SpecificRecord record, long bytes, long recordings)
            implements Outgoing {}

    /** The topics that services write. */
    enum Destination {
        EVENTS("events"),
        OPERATIONS("operations");

        private final String suffix;

        Destination(String suffix) {
            this.suffix = suffix;
        }

        String topic(String prefix) {
            return prefix + "." + suffix;
        }
    }
}
