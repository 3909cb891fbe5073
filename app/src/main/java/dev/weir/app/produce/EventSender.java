package dev.weir.app.produce;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.Topic;
import dev.weir.events.MetricEvent;
import dev.weir.serde.AvroSerializer;
import dev.weir.series.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The way of events to Kafka: idempotent, acknowledged by all replicas, keyed by series so that the order of a series is kept.
 *
 * <p>The first record that Kafka does not take ends everything: {@link #send} and {@link #finish} throw. One thread sends.
 */
public final class EventSender implements AutoCloseable {
    private static final String ANSWER_WITHIN_MS = "15000";
    private static final String RECORD_NAME = "io.confluent.kafka.serializers.subject.RecordNameStrategy";

    private final String topic;
    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * Connects.
     *
     * @param topic null for the configured events topic
     * @throws CommandFailedException if no broker answers or the topic does not exist
     */
    public EventSender(WeirConfig config, @Nullable String topic) {
        this.topic = topic == null ? config.topics().name(Topic.EVENTS.suffix()) : topic;
        requireTopic(config.kafka().properties(), this.topic, config.kafka().bootstrapServers());
        Serializer<SpecificRecord> values = new AvroSerializer<>();
        values.configure(serdeSettings(config), false);
        this.producer = new KafkaProducer<>(producerSettings(config), new StringSerializer(), values);
    }

    /** Hands the event over to be sent; blocks while the buffer is full. */
    public void send(MetricEvent event) {
        send(
                Series.of(event.getMetric(), event.getService(), event.getLabels(), event.getKind(), event.getUnit())
                        .key(),
                event);
    }

    /** Hands any record over to be sent; records of one key keep their order. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
    public void send(String key, SpecificRecord record) {
        throwFailure();
        try {
            producer.send(new ProducerRecord<>(topic, key, record), (metadata, refused) -> {
                if (refused != null) {
                    failure.compareAndSet(null, refused);
                }
            });
        } catch (KafkaException refused) {
            failure.compareAndSet(null, refused);
            throwFailure();
        }
    }

    /** Returns when all events are acknowledged. */
    public void finish() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new CommandFailedException("events cannot be sent to " + topic + ": " + reasons(first), first);
        }
    }

    /** The messages down to the root, without those that a message above repeats. */
    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = cause.getMessage();
            if (reason != null && reasons.indexOf(reason) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ").append(reason);
            }
        }
        return reasons.isEmpty() ? failure.toString() : reasons.toString();
    }

    private static Map<String, Object> serdeSettings(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("value.subject.name.strategy", RECORD_NAME);
        settings.putAll(config.schemaRegistry().serdeProperties());
        return settings;
    }

    private static Map<String, Object> producerSettings(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        settings.putAll(config.kafka().properties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return settings;
    }

    /** The producer alone would wait a minute for a topic that does not exist, or make the broker create it with wrong settings. */
    private static void requireTopic(Map<String, String> kafka, String topic, String servers) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        try (Admin admin = Admin.create(settings)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException refused) {
            throw refusal(topic, servers, refused.getCause());
        } catch (KafkaException refused) {
            throw refusal(topic, servers, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while looking for topic " + topic, interrupted);
        }
    }

    private static CommandFailedException refusal(String topic, String servers, @Nullable Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new CommandFailedException("topic " + topic + " does not exist on " + servers
                    + ", must be created first: `weir dev` and `weir run` do it (--topic)");
        }
        if (cause instanceof TimeoutException) {
            return new CommandFailedException("no Kafka broker answers at " + servers + " (--bootstrap)");
        }
        String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return new CommandFailedException("Kafka at " + servers + " refuses: " + why);
    }
}
