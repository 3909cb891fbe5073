package dev.weir.benchmarks.engine.limit;

import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.serde.AvroSerializer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Tells batches from single events by the registered schema id. Learns the ids by encoding one of each. */
public final class BatchSchema {
    private final int single;
    private final int batch;

    public BatchSchema(Map<String, Object> registry) {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        batch = id(serializer, new MetricBatch("s", Map.of(), List.of()));
        single = id(
                serializer,
                new MetricEvent(
                        Instant.EPOCH, "s", "m", dev.weir.events.MetricKind.COUNT, 0.0, null, null, Map.of(), null));
    }

    /**
     * Whether records with this id are batches.
     *
     * @throws IllegalArgumentException if the id is neither's
     */
    public boolean isBatch(int schemaId) {
        if (schemaId != batch && schemaId != single) {
            throw new IllegalArgumentException(
                    "schema id is " + schemaId + ", must be " + single + " or " + batch + " (benchmark)");
        }
        return schemaId == batch;
    }

    private static int id(AvroSerializer<SpecificRecord> serializer, SpecificRecord record) {
        return ByteBuffer.wrap(Objects.requireNonNull(serializer.serialize("events", record)))
                .getInt(1);
    }
}
