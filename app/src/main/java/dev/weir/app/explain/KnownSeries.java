package dev.weir.app.explain;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.serde.AvroDeserializer;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads from the end of {@code weir.aggregates} which series a running Weir has seen lately. */
public final class KnownSeries {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final int ANSWER_WITHIN_MS = 5_000;
    /** Of each partition: at a thousand series, the windows of some hours. */
    private static final long MOST_RECORDS = 100_000;

    private KnownSeries() {}

    /**
     * The series, each once, by their keys.
     *
     * @param most how long to read; what has not been read by then is missing
     * @throws CommandFailedException if the broker or the registry does not answer
     */
    public static Collection<Series> read(WeirConfig config, Duration most) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        Map<String, Object> serde = new HashMap<>(config.schemaRegistry().serdeProperties());
        serde.put("specific.avro.reader", true);
        AvroDeserializer<WindowAggregate> values = new AvroDeserializer<>();
        values.configure(serde, false);
        String topic = config.topics().name("aggregates");
        try (KafkaConsumer<String, WindowAggregate> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            return read(consumer, topic, most);
        } catch (KafkaException unread) {
            throw new CommandFailedException("topic " + topic + " cannot be read: " + unread.getMessage());
        }
    }

    private static Collection<Series> read(
            KafkaConsumer<String, WindowAggregate> consumer, String topic, Duration most) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        List<TopicPartition> partitions = infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.beginningOffsets(partitions)
                .forEach((partition, begin) ->
                        consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, 0L) - MOST_RECORDS)));
        Map<String, Series> known = new TreeMap<>();
        long untilNanos = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < untilNanos && !isAtEnd(consumer, ends)) {
            for (ConsumerRecord<String, WindowAggregate> next : consumer.poll(WAIT)) {
                if (next.value() != null) {
                    Series series = series(next.value());
                    known.put(series.key() + series.kind() + series.unit(), series);
                }
            }
        }
        return known.values();
    }

    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Series series(WindowAggregate window) {
        return Series.of(
                window.getMetric(), window.getService(), window.getLabels(), window.getKind(), window.getUnit());
    }
}
