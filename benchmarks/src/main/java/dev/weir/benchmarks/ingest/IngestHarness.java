package dev.weir.benchmarks.ingest;

import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.SchemaRegistry;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.IngestProcessor;
import dev.weir.topology.ingest.IngestSettings;
import dev.weir.topology.ingest.IngestStores;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.ruleset.ReadSeries;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The ingest stage with its stores in memory, without Kafka. */
final class IngestHarness {
    static final Map<String, Object> SERDE =
            Map.of("schema.registry.url", "mock://benchmark", "specific.avro.reader", true);
    private static final int PARTITIONS = 4;

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>(new Properties());

    IngestProcessor start() {
        IngestStores.builders().forEach(builder -> addClock(builder.name()));
        IngestProcessor ingest = new IngestProcessor(new IngestSettings(
                "events",
                PARTITIONS,
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS,
                TimeSettings.DEFAULTS,
                Duration.ofSeconds(10),
                () -> Optional.of(new ReadSeries(0, series -> false)),
                new InputPositions(),
                InstantSource.fixed(Instant.ofEpochMilli(IngestLoad.BROKER_MS)),
                SchemaRegistry.of(SERDE),
                IngestHarness::deserializer));
        ingest.start(context);
        return ingest;
    }

    /** How many records were forwarded since this was last asked. */
    int takeForwarded() {
        int forwarded = context.forwarded().size();
        context.resetForwards();
        return forwarded;
    }

    private void addClock(String name) {
        KeyValueStore<String, Long> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private static Deserializer<Object> deserializer() {
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(SERDE, false);
        return deserializer;
    }
}
