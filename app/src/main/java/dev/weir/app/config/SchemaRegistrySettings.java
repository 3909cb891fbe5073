package dev.weir.app.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What every serializer and deserializer of Weir is given: the section {@code schema.registry}, passed through.
 *
 * @param properties the section's keys without {@code schema.registry.}; {@code url} is always there
 */
public record SchemaRegistrySettings(Map<String, String> properties) {
    private static final String PREFIX = "schema.registry.";

    public SchemaRegistrySettings {
        properties = Map.copyOf(properties);
    }

    static SchemaRegistrySettings read(Settings settings) {
        settings.text(PREFIX + "url", "http://localhost:19093");
        Map<String, String> all = new TreeMap<>(settings.all(PREFIX));
        all.putIfAbsent("url", "http://localhost:19093");
        return new SchemaRegistrySettings(all);
    }

    public String url() {
        return properties.getOrDefault("url", "");
    }

    /**
     * The keys as a serde reads them. Confluent's keys are of two forms, {@code schema.registry.url} with the prefix and
     * {@code auto.register.schemas} without: each is given in both.
     */
    public Map<String, String> serdeProperties() {
        Map<String, String> both = new TreeMap<>();
        properties.forEach((key, value) -> {
            both.put(PREFIX + key, value);
            if (!key.equals("url")) {
                both.put(key, value);
            }
        });
        return both;
    }

    /** Without values that may be secret. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, Secret.redact(key, value)));
        return "SchemaRegistrySettings" + shown;
    }
}
