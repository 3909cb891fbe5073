package dev.weir.topology;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the stream is run.
 *
 * @param topics names of the topics it reads and writes
 * @param time lateness, retention, future and idleness
 * @param limits bounds of an event
 * @param series bounds on series and partials of an ingest task
 * @param metrics what is set for single metrics
 * @param evaluator how rules are evaluated, and how much they may come to
 * @param registry configuration of the serde, by Confluent's keys
 * @param streams configuration of Kafka Streams; {@code bootstrap.servers}, {@code application.id} and {@code state.dir}
 *     must be there, the rest has defaults
 */
public record PipelineSettings(
        Topics topics,
        TimeSettings time,
        EventLimits limits,
        SeriesLimits series,
        MetricCatalog metrics,
        EvaluatorSettings evaluator,
        Map<String, Object> registry,
        Map<String, Object> streams) {
    /** Length of a pane; rules are evaluated at pane boundaries only. */
    public static final Duration PANE = Duration.ofSeconds(10);

    /** True if this process has a name in its group ({@code group.instance.id}), under which it returns after a restart. */
    boolean staticMember() {
        return streams.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                || streams.containsKey(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }

    public PipelineSettings {
        registry = Map.copyOf(registry);
        streams = Map.copyOf(streams);
        for (String key : new String[] {"bootstrap.servers", "application.id", "state.dir"}) {
            if (!streams.containsKey(key)) {
                throw new IllegalArgumentException(key + " is missing, must be set (Kafka Streams configuration)");
            }
        }
    }
}
