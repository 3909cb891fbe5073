package dev.weir.topology.ingest;

import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.SchemaRegistry;
import dev.weir.topology.ruleset.ReadSeries;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/** Settings of the stage over a registry in this process. */
final class TestSettings {
    static final Map<String, Object> SERDE =
            Map.of("schema.registry.url", "mock://ingest-test", "specific.avro.reader", true);

    private TestSettings() {}

    static IngestSettings of(int partitions, TimeSettings time, InputPositions positions, InstantSource wallClock) {
        return of(partitions, time, positions, wallClock, SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
    }

    static IngestSettings of(
            int partitions,
            TimeSettings time,
            InputPositions positions,
            InstantSource wallClock,
            SeriesLimits series,
            MetricCatalog metrics) {
        return new IngestSettings(
                "events",
                partitions,
                EventLimits.DEFAULTS,
                series,
                metrics,
                time,
                Duration.ofSeconds(10),
                () -> Optional.of(new ReadSeries(7, one -> !one.metric().equals("unread"))),
                positions,
                wallClock,
                SchemaRegistry.of(SERDE),
                TestSettings::deserializer);
    }

    static Deserializer<Object> deserializer() {
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(SERDE, false);
        return deserializer;
    }
}
