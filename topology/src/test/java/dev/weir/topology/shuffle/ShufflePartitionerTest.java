package dev.weir.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.time.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
        assertThat(partitioner.partitions("t", "g", new Shuffled.RuleInputs("g", 2, new byte[0]), 4))
                .hasValue(Set.of(2));
        MovedState moved = new MovedState(1, 0, 0, MovedState.Kind.END, "", new byte[0]);
        assertThat(partitioner.partitions("t", "", moved, 4)).hasValue(Set.of(1));
    }

    @Test
    void dataGoesWhereKafkasOwnPartitionerPutsTheKey() {
        Series series = Series.of("m", "s", Map.of(), MetricKind.COUNT, null);
        SeriesEvent event = new SeriesEvent(series, 0, 1, null, null, true, new Coordinates(0, 0, 0, 0), null, null);
        for (int i = 0; i < 1_000; i++) {
            String key = "é{service=\"s\",n=\"" + i + "\"}";
            int partitions = 1 + i % 13;
            int kafkas = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
            assertThat(partitioner.partitions("t", key, event, partitions)).hasValue(Set.of(kafkas));
        }
    }
}
