package dev.weir.benchmarks.engine.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How many records of a topic the consumers of a stream have handed over, as their own metrics tell. */
final class ConsumedRecords {
    private static final long LOOK_AGAIN_NANOS = 300_000_000;

    private final KafkaStreams streams;
    private final String topic;
    private List<Metric> counters = List.of();
    private long foundAt;

    ConsumedRecords(KafkaStreams streams, String topic) {
        this.streams = streams;
        this.topic = withoutDots(topic);
    }

    long total() {
        // A look at all metrics costs milliseconds: not at each call.
        if (counters.isEmpty() || System.nanoTime() - foundAt > LOOK_AGAIN_NANOS) {
            counters = find();
            foundAt = System.nanoTime();
        }
        Map<String, Double> byClient = new HashMap<>();
        for (Metric counter : counters) {
            // Kafka tells it under the topic's name with and without dots.
            byClient.merge(
                    String.valueOf(counter.metricName().tags().get("client-id")),
                    (Double) counter.metricValue(),
                    Math::max);
        }
        return (long)
                byClient.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private List<Metric> find() {
        List<Metric> found = new ArrayList<>();
        for (Metric metric : streams.metrics().values()) {
            MetricName name = metric.metricName();
            String of = name.tags().get("topic");
            if (of != null
                    && name.name().equals("records-consumed-total")
                    && withoutDots(of).equals(topic)) {
                found.add(metric);
            }
        }
        return found;
    }

    private static String withoutDots(String topic) {
        return topic.replace('.', '_');
    }
}
