package dev.weir.sink;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a sink: some topics and the tables they fill, with a consumer group, offsets and a connection of its
 * own, so that no feed waits for another. Started and stopped by one thread.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    /** Bounds a transaction where one record becomes thousands of rows. */
    private static final int FETCH_BYTES = 8 << 20;

    private final Plan plan;
    private final StatusBoard status;
    private @Nullable SinkLoop loop;
    private @Nullable Thread thread;

    /**
     * What a feed reads, and what it makes of it.
     *
     * @param name for people
     * @param maxRecords in one poll, so in one transaction
     */
    record Plan(String name, String groupId, List<String> topics, RecordDecoder decoder, int maxRecords) {}

    Feed(Plan plan, InstantSource clock) {
        this.plan = plan;
        status = new StatusBoard(clock);
    }

    void start(Jdbi jdbi, Map<String, Object> consumerConfig, Backoff backoff, InstantSource clock) {
        OffsetLedger ledger = new OffsetLedger(plan.groupId(), clock);
        SinkLoop started = new SinkLoop(
                plan.topics(),
                new KafkaConsumer<>(
                        consumerSettings(consumerConfig), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                plan.decoder(),
                jdbi,
                ledger,
                new BatchWriter(jdbi, ledger, new RejectTable(plan.groupId(), clock)),
                backoff,
                status);
        loop = started;
        thread = new Thread(started, "weir-sink-" + plan.groupId());
        thread.start();
    }

    String name() {
        return plan.name();
    }

    SinkStatus status() {
        return status.current();
    }

    /** Asks the thread to end after the transaction in hand. */
    void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    /** Waits for the thread's end, not for ever. */
    void join() {
        if (thread != null) {
            join(thread);
        }
        plan.decoder().close();
        status.closed();
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} has not ended after {}: its connections are cut", thread.getName(), CLOSE_LIMIT);
        }
    }

    private Map<String, Object> consumerSettings(Map<String, Object> consumerConfig) {
        Map<String, Object> config = new HashMap<>(consumerConfig);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, plan.groupId());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, plan.maxRecords());
        return config;
    }
}
