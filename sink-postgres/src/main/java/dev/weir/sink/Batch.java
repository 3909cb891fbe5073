package dev.weir.sink;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction stores: the rows of each table, always in the same order of tables; rejects; and where each
 * partition goes on, which is behind the last record polled even when none of its records became a row.
 */
record Batch(List<TableRows<?>> tables, List<Reject> rejects, Map<TopicPartition, Long> nextOffsets) {
    /** One order for all owners: locks are taken in the same sequence. */
    static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    static Batch of(
            List<TableRows<?>> tables, Collection<Reject> rejects, Collection<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> next = new TreeMap<>(BY_NAME);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
        }
        return new Batch(List.copyOf(tables), List.copyOf(rejects), next);
    }
}
