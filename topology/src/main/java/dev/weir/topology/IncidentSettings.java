package dev.weir.topology;

import dev.weir.alerting.incident.IncidentPolicy;
import java.util.Map;

/**
 * How the stream of incidents is run.
 *
 * @param topics names of the topics it reads and writes
 * @param registry configuration of the serde, by Confluent's keys
 * @param streams configuration of Kafka Streams; {@code bootstrap.servers}, {@code application.id} and {@code state.dir}
 *     must be there. The application id must be another one than the pipeline's
 */
public record IncidentSettings(
        Topics topics, IncidentPolicy policy, Map<String, Object> registry, Map<String, Object> streams) {
    public IncidentSettings {
        registry = Map.copyOf(registry);
        streams = Map.copyOf(streams);
        for (String key : new String[] {"bootstrap.servers", "application.id", "state.dir"}) {
            if (!streams.containsKey(key)) {
                throw new IllegalArgumentException(key + " is missing, must be set (Kafka Streams configuration)");
            }
        }
    }
}
