package dev.weir.topology.ruleset;

import dev.weir.alerting.plan.ShardLabels;
import dev.weir.topology.series.KeyPartition;
import java.util.Map;

/**
 * Where a unit is evaluated: series that agree on the shard labels in one partition of the rule stage, together with all that
 * the unit makes of them. Without shard labels that is one partition for all; with them every partition may have some.
 *
 * @param unit id
 */
public record Placement(String unit, ShardLabels shards) {
    /** The partition of series, or of alerts, with these labels. */
    public int partition(Map<String, String> labels, int partitions) {
        StringBuilder key = new StringBuilder(unit);
        shards.key(labels)
                .forEach((name, value) ->
                        key.append('\0').append(name).append('\0').append(value));
        return KeyPartition.of(key.toString(), partitions);
    }

    /** True if the unit is evaluated in more than one partition. */
    public boolean isDivided() {
        return !shards.singleShard();
    }

    /** True if a partition may evaluate some of it. */
    public boolean includes(int partition, int partitions) {
        return isDivided() || partition(Map.of(), partitions) == partition;
    }
}
