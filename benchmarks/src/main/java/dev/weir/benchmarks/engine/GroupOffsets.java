package dev.weir.benchmarks.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a group has committed. One thread. */
final class GroupOffsets implements AutoCloseable {
    private final Admin admin;
    private final String group;

    GroupOffsets(String bootstrapServers, String group) {
        this.group = group;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** The sum over the partitions of a topic. */
    long committed(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(offset -> offset.getKey().topic().equals(topic))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    /**
     * Waits until so many records of a topic are committed.
     *
     * @throws IllegalStateException if that takes too long
     */
    void await(String topic, long records, Duration timeout, long pollMs)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (committed(topic) < records) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("committed " + committed(topic) + " records of " + topic + ", must be "
                        + records + " within " + timeout);
            }
            Thread.sleep(pollMs);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
