package dev.weir.app.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What every Kafka client of Weir is given: the section {@code kafka}, passed through as it stands.
 *
 * @param properties Kafka's own keys and values; {@code bootstrap.servers} is always there
 */
public record KafkaSettings(Map<String, String> properties) {
    private static final String BOOTSTRAP = "bootstrap.servers";

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    static KafkaSettings read(Settings settings) {
        settings.text("kafka." + BOOTSTRAP, "localhost:19092");
        Map<String, String> all = new TreeMap<>(settings.all("kafka."));
        all.putIfAbsent(BOOTSTRAP, "localhost:19092");
        return new KafkaSettings(all);
    }

    public String bootstrapServers() {
        return properties.getOrDefault(BOOTSTRAP, "");
    }

    /** Without values that may be secret. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, Secret.redact(key, value)));
        return "KafkaSettings" + shown;
    }
}
