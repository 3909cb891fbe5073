package dev.weir.benchmarks.engine;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.benchmarks.engine.workload.WindowCheck;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import dev.weir.serde.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads, committed, what a system has published since the last look and holds it to the oracle. One thread. */
final class PublishedWindows implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final WorkloadSpec spec;
    private final String topic;
    private final List<TopicPartition> rejected;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<WindowAggregate> windows = new AvroDeserializer<>();

    PublishedWindows(WorkloadSpec spec, String topic, String bootstrapServers, Map<String, Object> registry) {
        this.spec = spec;
        this.topic = topic;
        List<TopicPartition> all = new ArrayList<>(partitions(topic));
        rejected = partitions(spec.name() + ".rejected");
        Map<String, Object> serde = new HashMap<>(registry);
        serde.put("specific.avro.reader", true);
        windows.configure(serde, false);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        all.addAll(rejected);
        consumer.assign(all);
    }

    /** Forgets what is there already. */
    void skip() {
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    /** Compares what has come since, prints the first fault, and returns how many there are. */
    long mismatches() {
        WindowCheck check = new WindowCheck(spec);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long[] rejects = {0};
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(next -> {
                if (rejected.contains(new TopicPartition(next.topic(), next.partition()))) {
                    rejects[0]++;
                } else {
                    check.observe(Objects.requireNonNull(windows.deserialize(next.topic(), next.value())));
                }
            });
        }
        long mismatches = check.mismatches() + rejects[0];
        if (mismatches > 0) {
            System.err.println(topic + ": " + mismatches + " mismatches, " + rejects[0]
                    + " of them rejected events; first: " + check.first());
        }
        return mismatches;
    }

    private static List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < WorkloadSpec.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
