package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topics between the stages of an application, made before it starts: those that Kafka Streams makes itself, at the first
 * start of an application, let its group join a second time while it already reads.
 */
final class InternalTopics {
    private InternalTopics() {}

    static void create(PassSettings settings, String application, TopologyDescription topology)
            throws ExecutionException, InterruptedException {
        List<NewTopic> topics = topology.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
                .filter(topic -> !topic.equals(settings.topic()))
                .map(topic -> new NewTopic(application + "-" + topic, WorkloadSpec.PARTITIONS, (short) 1))
                .toList();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                Meter.adminClientId()))) {
            admin.createTopics(topics).all().get();
        }
    }
}
