package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.rejected.RejectReason;
import dev.weir.serde.UndecodableException;
import dev.weir.serde.UnknownSchemaException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of an input record into the measurements in it. One thread. */
final class EventReader implements AutoCloseable {
    private final String topic;
    private final EventLimits limits;
    private final Deserializer<Object> deserializer;

    EventReader(String topic, EventLimits limits, Deserializer<Object> deserializer) {
        this.topic = topic;
        this.limits = limits;
        this.deserializer = deserializer;
    }

    /**
     * The measurements of a record in their order.
     *
     * @throws InvalidEventException if the record as a whole is wrong
     * @throws dev.weir.serde.RegistryUnavailableException if the registry cannot be asked what the bytes mean
     */
    List<Candidate> read(byte @Nullable [] value, Headers headers) throws InvalidEventException {
        if (value == null) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, "value is null, must be an Avro record");
        }
        if (value.length > limits.recordBytes()) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "record has " + value.length + " bytes, must have at most " + limits.recordBytes()
                            + " (limits.record-bytes)");
        }
        Object decoded = decode(value, headers);
        if (decoded instanceof MetricEvent event) {
            return List.of(Candidate.of(event));
        } else if (decoded instanceof MetricBatch batch) {
            return read(batch);
        } else if (decoded instanceof HistogramEvent histogram) {
            return List.of(Candidate.of(histogram));
        }
        String schema =
                decoded instanceof GenericContainer record ? record.getSchema().getFullName() : "a primitive type";
        throw new InvalidEventException(
                RejectReason.UNSUPPORTED_SCHEMA,
                "schema is " + schema + ", must be MetricEvent, MetricBatch or HistogramEvent of dev.weir.events");
    }

    private Object decode(byte[] value, Headers headers) throws InvalidEventException {
        try {
            return deserializer.deserialize(topic, headers, value);
        } catch (UndecodableException e) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, String.valueOf(e.getMessage()));
        } catch (UnknownSchemaException e) {
            throw new InvalidEventException(RejectReason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        }
    }

    private List<Candidate> read(MetricBatch batch) throws InvalidEventException {
        int size = batch.getMeasurements().size();
        if (size > limits.batchSize()) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "batch has " + size + " measurements, must have at most " + limits.batchSize()
                            + " (limits.batch-size)");
        }
        return IntStream.range(0, size)
                .mapToObj(index -> Candidate.of(batch, index))
                .toList();
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
