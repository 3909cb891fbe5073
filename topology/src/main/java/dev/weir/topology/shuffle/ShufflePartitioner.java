package dev.weir.topology.shuffle;

import dev.weir.topology.series.KeyPartition;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends data to the partition that it names, or else to that of its key, and watermarks to all partitions. */
public final class ShufflePartitioner implements StreamPartitioner<String, Shuffled> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Shuffled message, int partitions) {
        if (message instanceof Shuffled.Time) {
            Set<Integer> all = new TreeSet<>();
            IntStream.range(0, partitions).forEach(all::add);
            return Optional.of(all);
        }
        if (message instanceof Shuffled.Deltas deltas) {
            return Optional.of(Set.of(deltas.partition()));
        }
        if (message instanceof Shuffled.RuleInputs inputs) {
            return Optional.of(Set.of(inputs.partition()));
        }
        if (message instanceof MovedState moved) {
            return Optional.of(Set.of(moved.to()));
        }
        return Optional.of(Set.of(KeyPartition.of(key, partitions)));
    }
}
