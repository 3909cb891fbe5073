package dev.weir.app.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The wait for topics that have just been created.
 *
 * <p>The controller announces a topic a moment before the brokers know it, and that a moment before they lead its
 * partitions. An idempotent producer whose first batch falls into the second moment is refused while its second batch is
 * taken, and the first then never fits again.
 */
final class TopicLeaders {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final int MOST_TRIES = 400;

    private TopicLeaders() {}

    /**
     * Returns when every partition has a leader that answers.
     *
     * @throws ExecutionException if the brokers refuse, or still do not know a topic after 20 s
     */
    static void await(Admin admin, Collection<NewTopic> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        for (int left = MOST_TRIES; ; left--) {
            try {
                // Only a leader answers; the client waits for one, but not for a topic that no broker knows.
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || left == 1) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }
}
