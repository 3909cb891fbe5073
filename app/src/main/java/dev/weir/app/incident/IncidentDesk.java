package dev.weir.app.incident;

import dev.weir.alerts.Incident;
import dev.weir.alerts.IncidentAcknowledgement;
import dev.weir.alerts.IncidentChange;
import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.Topic;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Where a person acknowledges an incident: it is looked up first, so that a mistyped id is no silence. */
public final class IncidentDesk {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_WITHIN_MS = 15_000;

    private final WeirConfig config;
    private final String servers;

    public IncidentDesk(WeirConfig config) {
        this.config = config;
        this.servers = config.kafka().bootstrapServers();
    }

    /**
     * Acknowledges an incident that lasts, and returns its latest change.
     *
     * @throws CommandFailedException if there is no such incident, it has ended, or Kafka does not answer
     */
    public Incident acknowledge(String id, String by, @Nullable String note, Instant now) {
        try {
            Incident incident = lasting(id);
            send(new IncidentAcknowledgement(id, by, note, now));
            return incident;
        } catch (KafkaException failure) {
            throw new CommandFailedException("Kafka at " + servers + " refuses: " + failure.getMessage(), failure);
        }
    }

    private Incident lasting(String id) {
        Map<String, Incident> latest = latest();
        Incident found = latest.get(id);
        if (found == null || found.getChange() == IncidentChange.RESOLVED) {
            String open = latest.values().stream()
                    .filter(each -> each.getChange() != IncidentChange.RESOLVED)
                    .map(Incident::getIncident)
                    .collect(Collectors.joining(", "));
            throw new CommandFailedException("incident " + id
                    + (found == null ? " does not exist" : " ended at " + found.getChangedAt()) + ", must be one of: "
                    + (open.isEmpty() ? "(none is open)" : open));
        }
        return found;
    }

    /** The last change of every incident, those apart that were only held back after their end. */
    private Map<String, Incident> latest() {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        AvroDeserializer<Incident> values = new AvroDeserializer<>();
        Map<String, Object> serde = new HashMap<>(config.schemaRegistry().serdeProperties());
        serde.put("specific.avro.reader", true);
        values.configure(serde, false);
        Map<String, Incident> latest = new LinkedHashMap<>();
        try (KafkaConsumer<String, Incident> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(config.topics().name(Topic.INCIDENTS.suffix())).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(next -> latest.merge(
                                next.key(),
                                next.value(),
                                (before, now) -> before.getChange() == IncidentChange.RESOLVED ? before : now));
            }
        }
        return latest;
    }

    private void send(IncidentAcknowledgement acknowledgement) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        AvroSerializer<IncidentAcknowledgement> values = new AvroSerializer<>();
        values.configure(config.schemaRegistry().serdeProperties(), false);
        try (KafkaProducer<String, IncidentAcknowledgement> producer =
                new KafkaProducer<>(settings, new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(
                            config.topics().name(Topic.ACKS.suffix()), acknowledgement.getIncident(), acknowledgement))
                    .get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new CommandFailedException(
                    "acknowledgement cannot be sent to Kafka at " + servers + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while sending the acknowledgement", interrupted);
        }
    }
}
