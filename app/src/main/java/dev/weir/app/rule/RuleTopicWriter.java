package dev.weir.app.rule;

import dev.weir.topology.ruleset.RuleFeed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes rule files to the rules topic, several at once in one transaction. One thread. */
public final class RuleTopicWriter {
    private final Map<String, Object> kafka;
    private final String topic;

    /** @param kafka configuration of a producer */
    public RuleTopicWriter(Map<String, ?> kafka, String topic) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "weir-rules-" + UUID.randomUUID());
        this.topic = topic;
    }

    /** Writes files by name, as from disk; null takes one out. */
    void write(Map<String, @Nullable String> changes) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            changes.forEach((name, text) -> {
                ProducerRecord<String, String> change = new ProducerRecord<>(topic, name, text);
                change.headers().add(RuleFeed.FROM_FILE, name.getBytes(StandardCharsets.UTF_8));
                var unused = producer.send(change);
            });
            producer.commitTransaction();
        }
    }
}
