package dev.weir.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction stores: rows in write order, each key once; rejects; and where each partition goes on, which is
 * behind the last record polled even when none of its records became a row.
 */
record Batch(List<HourlyRow> rows, List<Reject> rejects, Map<TopicPartition, Long> nextOffsets) {
    /** One order for all owners: locks are taken in the same sequence. */
    static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    static Batch of(
            Collection<HourlyRow> rows,
            Collection<Reject> rejects,
            Collection<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> next = new TreeMap<>(BY_NAME);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
        }
        return new Batch(newestByKey(rows), List.copyOf(rejects), next);
    }

    /** One statement may touch a row once only, so the greatest revision of each key stands for the others. */
    private static List<HourlyRow> newestByKey(Collection<HourlyRow> rows) {
        Map<HourlyRow.Key, HourlyRow> newest = new LinkedHashMap<>();
        for (HourlyRow row : rows) {
            newest.merge(row.key(), row, Batch::newer);
        }
        List<HourlyRow> sorted = new ArrayList<>(newest.values());
        sorted.sort(HourlyRow.WRITE_ORDER);
        return List.copyOf(sorted);
    }

    private static HourlyRow newer(HourlyRow first, HourlyRow second) {
        return second.aggregate().getRevision() > first.aggregate().getRevision() ? second : first;
    }
}
