package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.rejected.RejectReason;
import dev.weir.serde.SchemaRegistry;
import dev.weir.serde.UndecodableException;
import dev.weir.serde.UnknownSchemaException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an input record into the measurements in it: plain records of the current schemas are only looked at,
 * in an {@link EventView}; all others are decoded by Avro. One thread.
 */
final class EventReader implements AutoCloseable {
    private static final VarHandle ID = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte ID_FORM = 0;
    private static final int ID_PREFIX = 1 + Integer.BYTES;
    private static final int GUID_PREFIX = 1 + 2 * Long.BYTES;
    private static final String SCHEMA_HEADER = "__value_schema_id";

    private final String topic;
    private final EventLimits limits;
    private final Deserializer<Object> deserializer;
    private final UnknownSchemas unknown;
    private final WriterSchemas schemas;
    private final EventView view = new EventView();

    EventReader(
            String topic,
            EventLimits limits,
            SchemaRegistry registry,
            InstantSource wallClock,
            Deserializer<Object> deserializer) {
        this.topic = topic;
        this.limits = limits;
        this.deserializer = deserializer;
        this.unknown = new UnknownSchemas(wallClock);
        this.schemas = new WriterSchemas(registry, unknown);
    }

    /**
     * A view of the record's measurements, good until the next call, or null if {@link #read} must be asked.
     *
     * @param encodings of the series that are known
     * @throws InvalidEventException if the writer's schema is unknown
     * @throws dev.weir.serde.RegistryUnavailableException if the registry cannot be asked what the bytes mean
     */
    @Nullable
    EventView view(ConsumerRecord<byte[], ByteBuffer> record, Encodings encodings) throws InvalidEventException {
        ByteBuffer value = record.value();
        if (value == null
                || value.remaining() < ID_PREFIX
                || value.remaining() > limits.recordBytes()
                || record.headers().lastHeader(SCHEMA_HEADER) != null) {
            return null;
        }
        byte[] bytes = value.array();
        int from = value.arrayOffset() + value.position();
        if (bytes[from] != ID_FORM) {
            return null;
        }
        EventFormat format = schemas.format((int) ID.get(bytes, from + 1));
        boolean plain = format != EventFormat.OTHER
                && view.parse(format, bytes, from + ID_PREFIX, from + value.remaining(), limits.batchSize(), encodings);
        return plain ? view : null;
    }

    /**
     * The measurements of a record in their order.
     *
     * @throws InvalidEventException if the record as a whole is wrong
     * @throws dev.weir.serde.RegistryUnavailableException if the registry cannot be asked what the bytes mean
     */
    List<Candidate> read(ConsumerRecord<byte[], ByteBuffer> record) throws InvalidEventException {
        ByteBuffer value = record.value();
        if (value == null) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, "value is null, must be an Avro record");
        }
        if (value.remaining() > limits.recordBytes()) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "record has " + value.remaining() + " bytes, must have at most " + limits.recordBytes()
                            + " (limits.record-bytes)");
        }
        Object decoded = decode(Utils.toArray(value), record.headers());
        if (decoded instanceof MetricEvent event) {
            return List.of(Candidate.of(event));
        } else if (decoded instanceof MetricBatch batch) {
            return read(batch);
        } else if (decoded instanceof HistogramEvent histogram) {
            return List.of(Candidate.of(histogram));
        }
        String schema = decoded instanceof GenericContainer container
                ? container.getSchema().getFullName()
                : "a primitive type";
        throw new InvalidEventException(
                RejectReason.UNSUPPORTED_SCHEMA,
                "schema is " + schema + ", must be MetricEvent, MetricBatch or HistogramEvent of dev.weir.events");
    }

    private Object decode(byte[] value, Headers headers) throws InvalidEventException {
        ByteBuffer schema = schema(value, headers);
        unknown.check(schema);
        try {
            return deserializer.deserialize(topic, headers, value);
        } catch (UndecodableException e) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, String.valueOf(e.getMessage()));
        } catch (UnknownSchemaException e) {
            InvalidEventException refusal =
                    new InvalidEventException(RejectReason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
            unknown.add(schema, refusal);
            throw refusal;
        }
    }

    /** The bytes that name the writer's schema, where there are such. */
    private static ByteBuffer schema(byte[] value, Headers headers) {
        Header header = headers.lastHeader(SCHEMA_HEADER);
        byte @Nullable [] named = header == null ? null : header.value();
        byte[] prefix = named == null ? value : named;
        boolean byId = prefix.length > 0 && prefix[0] == ID_FORM;
        return ByteBuffer.wrap(Arrays.copyOf(prefix, Math.min(prefix.length, byId ? ID_PREFIX : GUID_PREFIX)));
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
