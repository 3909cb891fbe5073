package dev.weir.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records, generated or generic, in Confluent's wire format.
 *
 * <p>The schema is registered ({@code auto.register.schemas}, the default), looked up, or with
 * {@code use.latest.version} replaced by the newest of the subject. Thread-safe, as a producer calls it from each
 * thread that sends.
 *
 * <p>Fails with {@link SchemaRefusedException}, {@link UnknownSchemaException}, {@link RegistryUnavailableException},
 * or SerializationException for a value that does not fit its schema.
 */
public final class AvroSerializer<T> implements Serializer<T> {
    private record Target(String topic, Schema schema) {}

    private final ConcurrentMap<Target, RecordEncoder> encoders = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private SubjectNaming naming = SubjectNaming.TOPIC;
    private boolean isKey;
    private boolean autoRegister;
    private boolean useLatest;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeSettings settings = new SerdeSettings(configs);
        this.isKey = isKey;
        naming = SubjectNaming.of(settings, isKey);
        autoRegister = settings.flag("auto.register.schemas", true);
        useLatest = settings.flag("use.latest.version", false);
        registry = SchemaRegistry.of(configs);
        encoders.clear();
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        if (registry == null) {
            throw new IllegalStateException("serializer is not configured, must be configured before use");
        }
        if (data == null) {
            return null;
        }
        if (!(data instanceof GenericContainer container)) {
            throw new SerializationException(
                    "value for " + topic + " is a " + data.getClass().getName() + ", must be an Avro record");
        }
        RecordEncoder encoder = encoder(registry, new Target(topic, container.getSchema()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(WireFormat.ID);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(encoder.id()).array());
        try {
            encoder.write(container, out);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "value for " + topic + " does not fit "
                            + container.getSchema().getFullName() + ": " + e.getMessage(),
                    e);
        }
        return out.toByteArray();
    }

    private RecordEncoder encoder(SchemaRegistry registry, Target target) {
        RecordEncoder known = encoders.get(target);
        if (known != null) {
            return known;
        }
        RecordEncoder made = newEncoder(registry, target);
        encoders.put(target, made);
        return made;
    }

    private RecordEncoder newEncoder(SchemaRegistry registry, Target target) {
        Schema own = target.schema();
        String subject = naming.subject(target.topic(), isKey, own);
        if (autoRegister) {
            return RecordEncoder.as(registry.register(subject, own));
        }
        if (useLatest) {
            return RecordEncoder.converting(subject, own, registry.latest(subject));
        }
        return RecordEncoder.as(registry.idOf(subject, own));
    }
}
