package dev.weir.sink;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A row that is a record's value as it came. */
record Sourced<V>(V value, ConsumerRecord<byte[], byte[]> source) implements Row {}
