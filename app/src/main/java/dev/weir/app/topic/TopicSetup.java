package dev.weir.app.topic;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.KafkaSettings;
import dev.weir.app.config.TopicSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The creation of Weir's topics. What exists is left as it is, so it may run any number of times, on many machines at once. */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final String ANSWER_WITHIN_MS = "15000";

    private TopicSetup() {}

    /**
     * Creates the topics that are missing.
     *
     * @throws CommandFailedException when no broker answers, or it refuses
     */
    public static void createMissing(KafkaSettings kafka, TopicSettings topics) {
        Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                if (!existing.contains(topics.name(topic.suffix()))) {
                    missing.add(newTopic(topic, topics));
                }
            }
            create(admin, missing);
            TopicLeaders.await(admin, missing);
        } catch (ExecutionException failure) {
            throw refused(kafka, failure.getCause());
        } catch (KafkaException failure) {
            throw refused(kafka, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while creating topics", interrupted);
        }
    }

    private static NewTopic newTopic(Topic topic, TopicSettings topics) {
        return new NewTopic(
                        topics.name(topic.suffix()),
                        Optional.of(topics.partitions()),
                        topics.replication().map(Integer::shortValue))
                .configs(topic.configuration());
    }

    private static void create(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get();
                LOG.info("Topic {} created", created.getKey());
            } catch (ExecutionException failure) {
                // Another process was faster.
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
    }

    private static CommandFailedException refused(KafkaSettings kafka, @Nullable Throwable cause) {
        String servers = kafka.bootstrapServers();
        if (cause instanceof TimeoutException) {
            return new CommandFailedException("no Kafka broker answers at " + servers + " (kafka.bootstrap.servers)");
        }
        String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return new CommandFailedException("topics cannot be created on " + servers + ": " + why);
    }
}
