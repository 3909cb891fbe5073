package dev.weir.app.demo;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the stages of the stream have committed what they read. One thread. */
final class Committed implements AutoCloseable {
    private final Admin admin;
    private final String group;
    private final String events;
    private final int partitions;

    Committed(WeirConfig config) {
        admin = Admin.create(new HashMap<>(config.kafka().properties()));
        group = config.stream().applicationId();
        events = config.topics().name("events");
        partitions = config.topics().partitions();
    }

    /** Records of the events topic that the first stage has not committed yet. */
    long lag() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        Map<TopicPartition, Long> read = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(events, i);
            OffsetAndMetadata offset = committed.get(partition);
            read.put(partition, offset == null ? 0 : offset.offset());
        }
        return behind(read);
    }

    /** Records between stages that the next stage has not committed yet, a few of them transaction markers. */
    long lagBetweenStages() {
        Map<TopicPartition, Long> read = new HashMap<>();
        committed().forEach((partition, offset) -> {
            if (!partition.topic().equals(events)) {
                read.put(partition, offset.offset());
            }
        });
        return behind(read);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return result(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private long behind(Map<TopicPartition, Long> read) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        read.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        long behind = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                result(admin.listOffsets(latest).all()).entrySet()) {
            behind += end.getValue().offset() - read.getOrDefault(end.getKey(), 0L);
        }
        return behind;
    }

    private <T> T result(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new CommandFailedException("offsets of group " + group + " cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while reading offsets", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
