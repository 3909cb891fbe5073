package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.serve.Health;
import dev.weir.topology.IncidentSettings;
import dev.weir.topology.IncidentStreams;
import dev.weir.topology.Topics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/** The role {@code incidents}: alerts that belong together, and their escalation, through a Kafka Streams application of its own. */
public final class IncidentRole implements Role {
    private final IncidentStreams streams;

    IncidentRole(WeirConfig config) {
        streams = streams(config);
    }

    /** The graph of the application as text: nodes, stores and topics. */
    public static String describe(WeirConfig config) {
        return streams(config).describe().toString();
    }

    @Override
    public String name() {
        return RoleName.INCIDENTS.text();
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public Health health() {
        return StreamRole.health(streams.state());
    }

    @Override
    public Optional<String> failure() {
        return streams.failure();
    }

    @Override
    public List<MeterBinder> meters() {
        return streams.kafkaStreams()
                .<List<MeterBinder>>map(running -> List.of(new KafkaStreamsMetrics(running)))
                .orElse(List.of());
    }

    @Override
    public void close() {
        streams.close();
    }

    private static IncidentStreams streams(WeirConfig config) {
        Map<String, Object> kafka = new HashMap<>(StreamRole.kafka(config));
        kafka.put(StreamsConfig.APPLICATION_ID_CONFIG, config.stream().applicationId() + "-incidents");
        kafka.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.stream().commitInterval().toMillis());
        return new IncidentStreams(
                new IncidentSettings(
                        new Topics(config.topics().prefix()),
                        config.incidents(),
                        Map.copyOf(config.schemaRegistry().serdeProperties()),
                        kafka),
                InstantSource.system());
    }
}
