package dev.weir.sink;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A row on its way to a table. */
interface Row {
    /** The record it came from, which is set aside when the table refuses the row. */
    ConsumerRecord<byte[], byte[]> source();
}
