package dev.weir.serde;

import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * The place where schemas have ids: a server that speaks Confluent's REST API, or {@code mock://scope}.
 *
 * <p>Thread-safe. What was answered once is kept, so known ids go on working during an outage. Every method throws
 * {@link RegistryUnavailableException} if the registry cannot be asked and {@link UnknownSchemaException} if it
 * answers that it does not know.
 */
public interface SchemaRegistry {
    /** One schema and its id. */
    record Registered(int id, Schema schema) {}

    /**
     * Returns the id of the schema in the subject, registered if it is new.
     *
     * @throws SchemaRefusedException if the registry refuses it, for instance as incompatible
     */
    int register(String subject, Schema schema);

    /** Returns the id that the schema has in the subject already. */
    int idOf(String subject, Schema schema);

    /** Returns the newest schema of the subject. */
    Registered latest(String subject);

    /** Returns the schema with this id, always the same object. */
    Schema schemaById(int id);

    /** Returns the schema with this global id, always the same object. */
    Schema schemaByGuid(UUID guid);

    /**
     * Returns the registry that {@code schema.registry.url} names, shared by all callers in this process that give
     * the same addresses and credentials.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or not supported
     */
    static SchemaRegistry of(Map<String, ?> config) {
        return SharedRegistries.get(RegistryAddress.of(new SerdeSettings(config)));
    }
}
