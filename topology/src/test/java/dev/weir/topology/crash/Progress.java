package dev.weir.topology.crash;

import dev.weir.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** How far a stream has committed its input. One thread. */
final class Progress implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int ANSWER_WITHIN_S = 60;

    private final Admin admin;
    private final String group;
    private final Topics topics;
    private final int partitions;

    Progress(String bootstrapServers, Application application, int partitions) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = application.id();
        this.topics = application.topics();
        this.partitions = partitions;
    }

    /** Records of the input that are not committed. */
    long lag() throws InterruptedException {
        long lag = 0;
        for (long behind : lags().values()) {
            lag += behind;
        }
        return lag;
    }

    private Map<TopicPartition, Long> lags() throws InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        Map<TopicPartition, Long> lags = ends(topics.events());
        lags.replaceAll((partition, end) -> end - committed.getOrDefault(partition, 0L));
        return lags;
    }

    /** Waits until a partition is committed further than it is now. False if that takes too long. */
    boolean awaitCommit(Duration patience) throws InterruptedException {
        long before = sum(committed());
        long deadline = System.nanoTime() + patience.toNanos();
        while (sum(committed()) <= before) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        return true;
    }

    /**
     * Measures the time until every partition that has a backlog now is committed further than it is now.
     *
     * @param killedNanos the time from which to measure, as {@link System#nanoTime} gives it
     * @return seconds; 0 if there is no backlog
     * @throws IllegalStateException if that takes longer than {@code patience}
     */
    double secondsToRecover(long killedNanos, Duration patience) throws InterruptedException {
        Map<TopicPartition, Long> before = committed();
        Set<TopicPartition> waiting = new HashSet<>();
        lags().forEach((partition, lag) -> {
            if (lag > 0) {
                waiting.add(partition);
            }
        });
        if (waiting.isEmpty()) {
            return 0;
        }
        while (true) {
            Map<TopicPartition, Long> now = committed();
            waiting.removeIf(partition -> now.getOrDefault(partition, 0L) > before.getOrDefault(partition, 0L));
            double seconds = (System.nanoTime() - killedNanos) / 1e9;
            if (waiting.isEmpty()) {
                return seconds;
            }
            if (seconds > patience.toSeconds()) {
                throw new IllegalStateException(
                        "nothing of " + waiting + " was committed within " + patience + " after a kill");
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Waits until so many members of the group have partitions. False if that takes too long. */
    boolean awaitMembers(int members, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long working = patient(
                            () -> admin.describeConsumerGroups(List.of(group)).all())
                    .values()
                    .stream()
                    .flatMap(description -> description.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
            if (working >= members) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Committed ends of the topics that the stream publishes to. */
    Map<TopicPartition, Long> published() throws InterruptedException {
        Map<TopicPartition, Long> ends = ends(topics.aggregates());
        ends.putAll(ends(topics.rejected()));
        return ends;
    }

    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartition partition : partitions(topic)) {
            latest.put(partition, OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        patient(() -> admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Map<TopicPartition, Long> committed() throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> all =
                patient(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (TopicPartition partition : partitions(topics.events())) {
            OffsetAndMetadata offset = all.get(partition);
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        }
        return committed;
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic, i));
        }
        return all;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private interface Question<T> {
        KafkaFuture<T> ask();
    }

    /** Asks until there is an answer: the broker may stand still, or start. */
    private static <T> T patient(Question<T> question) throws InterruptedException {
        while (true) {
            try {
                return question.ask().get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw new IllegalStateException("offsets cannot be read", e.getCause());
                }
            } catch (TimeoutException e) {
                throw new IllegalStateException("offsets were not told within " + ANSWER_WITHIN_S + " s", e);
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
