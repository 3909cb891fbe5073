package dev.weir.app.demo;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How much of the input the stream has committed. One thread. */
final class Committed implements AutoCloseable {
    private final Admin admin;
    private final String group;
    private final String topic;

    Committed(WeirConfig config) {
        admin = Admin.create(new HashMap<>(config.kafka().properties()));
        group = config.stream().applicationId();
        topic = config.topics().name("events");
    }

    /** Records of the events topic that are not committed yet. */
    long lag() {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            int partitions = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
            for (int partition = 0; partition < partitions; partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(latest).all().get().entrySet()) {
                OffsetAndMetadata read = committed.get(end.getKey());
                lag += end.getValue().offset() - (read == null ? 0 : read.offset());
            }
            return lag;
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
