package dev.weir.topology.ingest;

import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the ingest stage needs to know.
 *
 * @param topic the events topic
 * @param partitions how many partitions it has
 * @param limits bounds of an event
 * @param time lateness, idleness, future
 * @param positions how far the input has been read
 * @param wallClock the wall clock
 * @param eventDeserializer makes a deserializer for each task
 */
public record IngestSettings(
        String topic,
        int partitions,
        EventLimits limits,
        TimeSettings time,
        InputPositions positions,
        InstantSource wallClock,
        Supplier<Deserializer<Object>> eventDeserializer) {
    /** Age at which an event starts to carry its original, ahead of the age at which it is rejected as late. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** True if an event of this time might be found too late downstream, where the watermark is known. */
    boolean mayBeTooLate(long timestampMs, long brokerTimeMs) {
        return timestampMs < brokerTimeMs - time.lateRetention().minus(MARGIN).toMillis();
    }
}
