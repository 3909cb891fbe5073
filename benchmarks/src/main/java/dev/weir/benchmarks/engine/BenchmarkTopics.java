package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes and deletes the topics of a workload. One thread. */
final class BenchmarkTopics implements AutoCloseable {
    private static final List<String> SUFFIXES =
            List.of(".events", ".aggregates", ".alerts", ".alerts.state", ".rejected", ".limit", ".dsl", ".flink");

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final long READY_POLL_MS = 50;

    private final Admin admin;

    BenchmarkTopics(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Makes all topics of a prefix and returns when they take records. */
    void create(String prefix) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = SUFFIXES.stream()
                .map(suffix -> new NewTopic(prefix + suffix, WorkloadSpec.PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                .toList();
        admin.createTopics(topics).all().get();
        awaitLeaders(topics.stream()
                .flatMap(topic -> IntStream.range(0, WorkloadSpec.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())));
    }

    /** Only a leader answers, and a broker that has not heard of a new topic yet says that there is none. */
    private void awaitLeaders(Map<TopicPartition, OffsetSpec> ends) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Thread.sleep(READY_POLL_MS);
        }
    }

    /** Deletes what applications on this prefix have left between two passes. */
    void deleteInternal(String prefix) throws ExecutionException, InterruptedException {
        delete(name -> name.startsWith(prefix + "-") && (name.endsWith("-changelog") || name.endsWith("-repartition")));
    }

    void deleteAll(String prefix) throws ExecutionException, InterruptedException {
        delete(name -> name.startsWith(prefix));
    }

    private void delete(Predicate<String> chosen) throws ExecutionException, InterruptedException {
        List<String> names =
                admin.listTopics().names().get().stream().filter(chosen).toList();
        admin.deleteTopics(names).all().get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
