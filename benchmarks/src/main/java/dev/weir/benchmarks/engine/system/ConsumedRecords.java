package dev.weir.benchmarks.engine.system;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How many records of a topic the consumers of a stream have handed over, as their own metrics tell. */
final class ConsumedRecords {
    private final KafkaStreams streams;
    private final String topic;

    ConsumedRecords(KafkaStreams streams, String topic) {
        this.streams = streams;
        this.topic = withoutDots(topic);
    }

    long total() {
        Map<String, Double> byClient = new HashMap<>();
        for (Metric metric : streams.metrics().values()) {
            MetricName name = metric.metricName();
            String of = name.tags().get("topic");
            if (of != null
                    && name.name().equals("records-consumed-total")
                    && withoutDots(of).equals(topic)
                    && metric.metricValue() instanceof Double value) {
                // Kafka tells it under the topic's name with and without dots.
                byClient.merge(String.valueOf(name.tags().get("client-id")), value, Math::max);
            }
        }
        return (long)
                byClient.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String withoutDots(String topic) {
        return topic.replace('.', '_');
    }
}
