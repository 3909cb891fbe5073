package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What a group has committed of its input and its outputs, as the broker tells. */
final class Committed implements AutoCloseable {
    /**
     * At one instant.
     *
     * @param input sum of the committed offsets
     * @param output sum of the read-committed ends of the outputs, over what they were at first
     * @param complete whether all input is committed and enough output is there
     */
    record State(long input, long output, boolean complete) {}

    private final PassSettings settings;
    private final String group;
    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> outputs = new HashMap<>();
    private final long leastOutputs;
    private final long outputsBefore;

    /**
     * Connects, before the group begins.
     *
     * @param topics its outputs; may be none
     * @param leastOutputs so many records it must append to them
     */
    Committed(PassSettings settings, String group, List<String> topics, long leastOutputs)
            throws ExecutionException, InterruptedException {
        this.settings = settings;
        this.group = group;
        this.leastOutputs = leastOutputs;
        for (String topic : topics) {
            for (int partition = 0; partition < WorkloadSpec.PARTITIONS; partition++) {
                outputs.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                Meter.adminClientId()));
        outputsBefore = outputEnds();
    }

    State read() throws ExecutionException, InterruptedException {
        long input = 0;
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> offset : offsets.entrySet()) {
            if (offset.getKey().topic().equals(settings.topic())) {
                input += Objects.requireNonNull(offset.getValue()).offset();
            }
        }
        long output = outputEnds() - outputsBefore;
        return new State(input, output, input >= settings.records() && output >= leastOutputs);
    }

    private long outputEnds() throws ExecutionException, InterruptedException {
        return outputs.isEmpty()
                ? 0
                : admin
                        .listOffsets(outputs, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get()
                        .values()
                        .stream()
                        .mapToLong(end -> end.offset())
                        .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
