package dev.weir.topology.crash;

import java.util.Map;

/** The serde's configuration, the same in all processes. */
final class Serdes {
    private Serdes() {}

    static Map<String, Object> config(String registryUrl) {
        return Map.of(
                "schema.registry.url",
                registryUrl,
                "specific.avro.reader",
                true,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    }
}
