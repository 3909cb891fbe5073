package dev.weir.topology.ingest;

import dev.weir.serde.SchemaRegistry;
import dev.weir.topology.ruleset.ReadSeries;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the ingest stage needs to know.
 *
 * @param topic the events topic
 * @param partitions how many partitions it has, and the topic to the next stage
 * @param limits bounds of an event
 * @param series bounds on series and partials
 * @param metrics what is set for single metrics
 * @param time lateness, idleness, future
 * @param pane length of a pane
 * @param rules the newest rule set, as far as it decides which series travel by the pane; empty if none is known
 * @param positions how far the input has been read
 * @param wallClock the wall clock
 * @param registry names the schemas of plain records
 * @param eventDeserializer makes a deserializer for each task, for all other records
 */
public record IngestSettings(
        String topic,
        int partitions,
        EventLimits limits,
        SeriesLimits series,
        MetricCatalog metrics,
        TimeSettings time,
        Duration pane,
        Supplier<Optional<ReadSeries>> rules,
        InputPositions positions,
        InstantSource wallClock,
        SchemaRegistry registry,
        Supplier<Deserializer<Object>> eventDeserializer) {
    /** Age at which an event starts to carry its original, ahead of the age at which it is rejected as late. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** How long before its broker time an event must be to travel alone: downstream, where the watermark is known, it might be too late. */
    Duration singleAge() {
        return time.lateRetention().minus(MARGIN);
    }
}
