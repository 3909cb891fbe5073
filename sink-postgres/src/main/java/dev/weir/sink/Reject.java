package dev.weir.sink;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record set aside whole, with the reason. */
record Reject(ConsumerRecord<byte[], byte[]> source, String reason) {
    Reject {
        // PostgreSQL text cannot hold U+0000, and a reason may quote the record.
        reason = reason.replace('\0', '\u2400');
    }

    /** Topic, partition and offset, as {@code topic-0@17}. */
    String coordinates() {
        return source.topic() + "-" + source.partition() + "@" + source.offset();
    }
}
