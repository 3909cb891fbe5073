package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.rule.LoadedRules;
import dev.weir.app.rule.RuleFiles;
import dev.weir.app.rule.RuleReload;
import dev.weir.serve.Health;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.PipelineStreams;
import dev.weir.topology.Topics;
import dev.weir.topology.ruleset.RuleBook;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The role {@code stream}: events in, aggregates, alerts and rejected events out, through Kafka Streams. */
public final class StreamRole implements Role {
    private final PipelineStreams streams;
    private final RuleReload reload;

    /**
     * Reads the rules; starts nothing.
     *
     * @throws dev.weir.app.CommandFailedException with every fault of every rule file, if there is one
     */
    StreamRole(WeirConfig config, RuleFiles ruleFiles) {
        LoadedRules.read(ruleFiles.find(), config.rules().defaultInterval());
        RuleBook rules = new RuleBook();
        reload = new RuleReload(config, ruleFiles, rules);
        streams = streams(config, rules);
    }

    /** The graph of the application as text: nodes, stores and topics. */
    public static String describe(WeirConfig config) {
        return streams(config, new RuleBook())
                .describe(config.topics().partitions())
                .toString();
    }

    @Override
    public String name() {
        return RoleName.STREAM.text();
    }

    @Override
    public void start() {
        reload.start();
        streams.start();
    }

    @Override
    public Health health() {
        return health(streams.state());
    }

    /** What a state of Kafka Streams means. */
    static Health health(KafkaStreams.State state) {
        Health health = switch (state) {
            case RUNNING -> Health.healthy();
            case REBALANCING -> Health.degraded("partitions are being assigned or restored");
            default -> Health.unhealthy("not running");
        };
        return health.with("state", state);
    }

    @Override
    public Optional<String> failure() {
        return streams.failure();
    }

    @Override
    public List<MeterBinder> meters() {
        return streams.kafkaStreams()
                .<List<MeterBinder>>map(running -> List.of(new KafkaStreamsMetrics(running), reload.meters()))
                .orElse(List.of());
    }

    @Override
    public void close() {
        streams.close();
        reload.close();
    }

    private static PipelineStreams streams(WeirConfig config, RuleBook rules) {
        PipelineSettings settings = new PipelineSettings(
                new Topics(config.topics().prefix()),
                config.time(),
                config.limits(),
                config.seriesLimits(),
                config.metrics(),
                config.rules().evaluator(),
                Map.copyOf(config.schemaRegistry().serdeProperties()),
                kafka(config));
        return new PipelineStreams(settings, rules, InstantSource.system());
    }

    /** Configuration of Kafka Streams, for any application of this process but for its id. */
    static Map<String, Object> kafka(WeirConfig config) {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(StreamsConfig.APPLICATION_ID_CONFIG, config.stream().applicationId());
        kafka.put(StreamsConfig.STATE_DIR_CONFIG, config.stream().stateDir().toString());
        kafka.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.stream().threads());
        kafka.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                config.stream().guarantee().name().toLowerCase(Locale.ROOT));
        kafka.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.stream().commitInterval().toMillis());
        kafka.put(
                StreamsConfig.GROUP_PROTOCOL_CONFIG,
                config.stream().groupProtocol().name().toLowerCase(Locale.ROOT));
        config.topics().replication().ifPresent(factor -> kafka.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, factor));
        kafka.putAll(config.kafka().properties());
        return kafka;
    }
}
