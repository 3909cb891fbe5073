package dev.weir.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.time.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class ShufflePartitionerTest {
    private final ShufflePartitioner partitioner = new ShufflePartitioner();

    @Test
    void watermarkGoesToEveryPartition() {
        Shuffled time = new Shuffled.Time(new Watermark(0, 4, 1, false, 1), new Announcement(1, 0));
        assertThat(partitioner.partitions("t", "", time, 4)).hasValue(Set.of(0, 1, 2, 3));
    }

    @Test
    void packGoesWhereItSays() {
        assertThat(partitioner.partitions("t", "", new Shuffled.Deltas(3, new byte[0]), 4))
                .hasValue(Set.of(3));
    }

    @Test
    void dataGoesWhereKafkasOwnPartitionerPutsTheKey() {
        for (int i = 0; i < 1_000; i++) {
            String key = "é{service=\"s\",n=\"" + i + "\"}";
            int partitions = 1 + i % 13;
            int kafkas = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
            assertThat(partitioner.partitions("t", key, new Shuffled.RuleInputs(key, new byte[0]), partitions))
                    .hasValue(Set.of(kafkas));
        }
    }
}
