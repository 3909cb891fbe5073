package dev.weir.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction stores: the rows of each table, always in the same order of tables; rejects; and the offsets that
 * were polled of each partition, also when none of its records became a row.
 */
record Batch(List<TableRows<?>> tables, List<Reject> rejects, Map<TopicPartition, OffsetRange> polled) {
    /** One order for all owners: locks are taken in the same sequence. */
    static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    static Batch of(
            List<TableRows<?>> tables, Collection<Reject> rejects, Collection<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, OffsetRange> polled = new TreeMap<>(BY_NAME);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            polled.merge(partition(record), OffsetRange.at(record.offset()), OffsetRange::union);
        }
        return new Batch(List.copyOf(tables), List.copyOf(rejects), polled);
    }

    /**
     * The part of it that is not stored yet: nothing after a COMMIT whose answer was lost.
     *
     * @param stored where each partition stands
     */
    Batch notBefore(Map<TopicPartition, Long> stored) {
        boolean allNew = polled.entrySet().stream()
                .allMatch(each -> stored.getOrDefault(each.getKey(), 0L)
                        <= each.getValue().first());
        if (allNew) {
            return this;
        }
        Predicate<ConsumerRecord<byte[], byte[]>> isNew =
                record -> record.offset() >= stored.getOrDefault(partition(record), 0L);
        List<TableRows<?>> rows = new ArrayList<>();
        tables.forEach(table -> rows.add(table.only(isNew)));
        return new Batch(
                rows,
                rejects.stream().filter(reject -> isNew.test(reject.source())).toList(),
                polled);
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
