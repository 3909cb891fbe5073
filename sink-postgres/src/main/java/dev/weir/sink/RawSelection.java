package dev.weir.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which measurements are stored one by one. A measurement's event id decides, or else its place in the topic, so a replay
 * takes the same ones.
 */
final class RawSelection {
    private static final double HASHES = 0x1p32;

    private final List<RawMetric> metrics;

    RawSelection(List<RawMetric> metrics) {
        this.metrics = List.copyOf(metrics);
    }

    /** @param index of the measurement in its record */
    boolean takes(String metric, @Nullable String eventId, ConsumerRecord<byte[], byte[]> source, int index) {
        for (RawMetric each : metrics) {
            if (each.covers(metric)) {
                return each.sample() == 1 || position(eventId, source, index) < each.sample();
            }
        }
        return false;
    }

    /** A number in [0, 1) that is spread evenly. */
    private static double position(@Nullable String eventId, ConsumerRecord<byte[], byte[]> source, int index) {
        String identity = eventId == null ? source.partition() + "/" + source.offset() + "/" + index : eventId;
        return Integer.toUnsignedLong(Utils.murmur2(identity.getBytes(StandardCharsets.UTF_8))) / HASHES;
    }
}
