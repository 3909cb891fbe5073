package dev.weir.benchmarks.engine.system;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.PipelineStreams;
import dev.weir.topology.Topics;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Weir as the product runs it: all stages, exactly once, the rule packs loaded. */
public final class WeirSystem implements SystemUnderTest {
    private static final Duration RULE_INTERVAL = Duration.ofSeconds(10);
    /** Event time alone closes windows: silence at the end of the topic must not. */
    public static final TimeSettings BY_EVENT_TIME = new TimeSettings(
            Duration.ofSeconds(2),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(5));

    private final PassSettings settings;
    private final RuleSet rules;
    private final Meter meter = new Meter();

    public WeirSystem(PassSettings settings) throws IOException {
        this.settings = settings;
        rules = rules(settings.rules());
    }

    @Override
    public PassResult pass(int number) throws Exception {
        String application = settings.prefix() + "-weir-" + number;
        Topics topics = new Topics(settings.prefix());
        StreamsPass pass = new StreamsPass(settings, meter);
        List<String> outputs = List.of(topics.aggregates(), topics.alerts(), topics.rejected());
        PipelineStreams streams = create(settings, application, rules, BY_EVENT_TIME, pass.configuration());
        InternalTopics.create(settings, application, streams.describe(WorkloadSpec.PARTITIONS));
        try (Committed committed = new Committed(settings, application, outputs, settings.windows());
                Running running = new Running(streams)) {
            streams.start();
            return pass.measure(running, committed);
        }
    }

    /**
     * A Weir that has not been started.
     *
     * @param more of Kafka's settings
     */
    public static PipelineStreams create(
            PassSettings settings, String application, RuleSet rules, TimeSettings time, Map<String, Object> more) {
        Map<String, Object> kafka = StreamsConfiguration.connection(settings, application);
        kafka.putAll(more);
        kafka.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, PassSettings.THREADS);
        PipelineSettings pipeline = new PipelineSettings(
                new Topics(settings.prefix()),
                time,
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS,
                EvaluatorSettings.DEFAULTS,
                settings.registry(),
                kafka);
        return new PipelineStreams(pipeline, new RuleBook(rules), InstantSource.system());
    }

    /** The rule packs of a directory. */
    public static RuleSet rules(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> packs = Files.newDirectoryStream(directory, "*.yml")) {
            for (Path pack : packs) {
                String name = String.valueOf(pack.getFileName());
                if (!name.equals("demo.yml")) {
                    files.put(name, Files.readString(pack));
                }
            }
        }
        return RuleSet.parse(files, RULE_INTERVAL, PipelineSettings.PANE);
    }

    private static final class Running implements StreamsUnderTest {
        private final PipelineStreams pipeline;

        Running(PipelineStreams pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public KafkaStreams streams() {
            return pipeline.kafkaStreams().orElseThrow();
        }

        @Override
        public String failure() {
            return pipeline.failure().orElse("");
        }

        @Override
        public void close() {
            pipeline.close();
            pipeline.kafkaStreams().ifPresent(KafkaStreams::cleanUp);
        }
    }
}
