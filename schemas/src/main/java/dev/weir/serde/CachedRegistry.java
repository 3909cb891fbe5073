package dev.weir.serde;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Remembers every answer of a registry: an id never changes its meaning, and the latest
 * version is the one of the first time it was asked for, as with Confluent's client. Failures are not remembered.
 *
 * <p>Bounded by what the registry holds. Two threads that miss at once may both ask; the first answer stays.
 */
final class CachedRegistry implements SchemaRegistry {
    private record Entry(String subject, Schema schema) {}

    private final SchemaRegistry registry;
    private final ConcurrentMap<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Schema> byGuid = new ConcurrentHashMap<>();
    private final ConcurrentMap<Entry, Integer> registered = new ConcurrentHashMap<>();
    private final ConcurrentMap<Entry, Integer> lookedUp = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Registered> latest = new ConcurrentHashMap<>();

    CachedRegistry(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public int register(String subject, Schema schema) {
        return cached(registered, new Entry(subject, schema), e -> registry.register(e.subject(), e.schema()));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return cached(lookedUp, new Entry(subject, schema), e -> registry.idOf(e.subject(), e.schema()));
    }

    @Override
    public Registered latest(String subject) {
        return cached(latest, subject, registry::latest);
    }

    @Override
    public Schema schemaById(int id) {
        return cached(byId, id, registry::schemaById);
    }

    @Override
    public Schema schemaByGuid(UUID guid) {
        return cached(byGuid, guid, registry::schemaByGuid);
    }

    /** Unlike computeIfAbsent, holds no lock while the registry is asked. */
    private static <K, V> V cached(ConcurrentMap<K, V> cache, K key, Function<K, V> ask) {
        V known = cache.get(key);
        if (known != null) {
            return known;
        }
        V answer = ask.apply(key);
        V earlier = cache.putIfAbsent(key, answer);
        return earlier == null ? answer : earlier;
    }
}
