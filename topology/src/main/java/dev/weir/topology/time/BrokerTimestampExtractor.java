package dev.weir.topology.time;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Stream time for Kafka Streams: the broker's, never the event's, so that no event can move it.
 *
 * <p>Weir's own clocks read event time; a record without a timestamp counts as written at 0.
 */
public final class BrokerTimestampExtractor implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
