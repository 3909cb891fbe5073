package dev.weir.sink;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the hourly windows of an aggregates topic in PostgreSQL, each exactly once.
 *
 * <p>The offsets stand in PostgreSQL, in the transaction of their rows; those that Kafka keeps are neither read nor
 * written. When PostgreSQL or the schema registry is away, reading pauses for as long as it takes. A record that no row
 * can hold goes whole to {@code weir.sink_rejects}. The tables must be there: see {@link SinkMigrations}.
 *
 * <p>One thread of its own; the methods here are safe from any. Run more instances with the same group to share the
 * partitions.
 */
public final class PostgresSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSink.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final SinkSettings settings;
    private final Map<String, Object> consumerConfig;
    private final Deserializer<WindowAggregate> deserializer;
    private final InstantSource clock;
    private final StatusBoard status;

    private @Nullable HikariDataSource pool;
    private @Nullable SinkLoop loop;
    private @Nullable Thread thread;

    /**
     * Makes a sink that does nothing yet.
     *
     * @param consumerConfig at least {@code bootstrap.servers}; group, isolation, offset reset, batch size and
     *     deserializers are the sink's own
     * @param deserializer used by the sink's thread only; the caller closes it
     */
    public PostgresSink(
            SinkSettings settings,
            Map<String, Object> consumerConfig,
            Deserializer<WindowAggregate> deserializer,
            InstantSource clock) {
        this.settings = settings;
        this.consumerConfig = Map.copyOf(consumerConfig);
        this.deserializer = deserializer;
        this.clock = clock;
        status = new StatusBoard(clock);
    }

    /**
     * Begins to read and write; returns at once, also when PostgreSQL is away.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public synchronized void start() {
        if (status.current().state() != SinkStatus.State.NEW || thread != null) {
            throw new IllegalStateException("sink is " + status.current().state() + ", must be NEW to start");
        }
        HikariDataSource opened = ConnectionPool.open(settings);
        pool = opened;
        SinkLoop started = loop(Jdbi.create(opened));
        loop = started;
        thread = new Thread(started, "weir-sink-" + settings.groupId());
        thread.start();
    }

    /** What it does now. */
    public SinkStatus status() {
        return status.current();
    }

    /** Whether it reads and writes now: false while it is paused, failed, or not running. */
    public boolean healthy() {
        return status.current().state() == SinkStatus.State.RUNNING;
    }

    /** Stops after the transaction in hand; what was polled and not stored is read again next time. */
    @Override
    public synchronized void close() {
        if (loop != null && thread != null) {
            loop.stop();
            join(thread);
        }
        if (pool != null) {
            pool.close();
        }
        status.closed();
    }

    private SinkLoop loop(Jdbi jdbi) {
        OffsetLedger ledger = new OffsetLedger(settings.groupId(), clock);
        BatchWriter writer =
                new BatchWriter(jdbi, ledger, new AggregateTable(clock), new RejectTable(settings.groupId(), clock));
        return new SinkLoop(
                settings.topic(),
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new AggregateDecoder(deserializer),
                jdbi,
                ledger,
                writer,
                new Backoff(settings.retryDelay(), settings.retryDelayLimit(), new SplittableRandom()),
                status);
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> config = new HashMap<>(consumerConfig);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxRowsPerBatch());
        return config;
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
}
