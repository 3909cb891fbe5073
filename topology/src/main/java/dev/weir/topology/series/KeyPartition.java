package dev.weir.topology.series;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The partition of a key, as Kafka's own producers place it. */
public final class KeyPartition {
    private KeyPartition() {}

    /** One of {@code [0, partitions)}. */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
