package dev.weir.sink;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Stores what stands in Weir's topics in PostgreSQL, each row exactly once.
 *
 * <p>The offsets stand in PostgreSQL, in the transaction of their rows; those that Kafka keeps are neither read nor
 * written. When PostgreSQL or the schema registry is away, reading pauses for as long as it takes. A record that no row
 * can hold goes whole to {@code weir.sink_rejects}. The tables must be there: see {@link SinkMigrations}.
 *
 * <p>One thread for each feed: a full or broken topic of one never delays the rows of another. The methods here are
 * safe from any thread. Run more instances with the same group to share the partitions.
 */
public final class PostgresSink implements AutoCloseable {
    /** The feed of the rows in {@code monitoring.aggregated_metrics}. */
    public static final String AGGREGATES = "aggregates";

    private final SinkSettings settings;
    private final Map<String, Object> consumerConfig;
    private final InstantSource clock;
    private final List<Feed> feeds;
    private final Partitions partitions;
    private @Nullable HikariDataSource pool;
    private @Nullable Housekeeper housekeeper;

    /**
     * Makes a sink that does nothing yet.
     *
     * @param consumerConfig at least {@code bootstrap.servers}; group, isolation, offset reset, batch size and
     *     deserializers are the sink's own
     * @param deserializers asked once for each feed; the sink closes them
     */
    public PostgresSink(
            SinkSettings settings,
            Map<String, Object> consumerConfig,
            Supplier<? extends Deserializer<?>> deserializers,
            InstantSource clock) {
        this.settings = settings;
        this.consumerConfig = Map.copyOf(consumerConfig);
        this.clock = clock;
        partitions = new Partitions(settings.retention(), clock);
        feeds = new Feeds(settings, deserializers, partitions, clock).all();
    }

    /**
     * Begins to read and write; returns at once, also when PostgreSQL is away.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public synchronized void start() {
        if (status().state() != SinkStatus.State.NEW || pool != null) {
            throw new IllegalStateException("sink is " + status().state() + ", must be NEW to start");
        }
        HikariDataSource opened = ConnectionPool.open(settings);
        pool = opened;
        Jdbi jdbi = Jdbi.create(opened);
        Housekeeper keeper = new Housekeeper(jdbi, partitions, settings.calendar(), clock);
        housekeeper = keeper;
        keeper.start();
        feeds.forEach(feed -> feed.start(jdbi, consumerConfig, backoff(), clock));
    }

    /** What it does now: the state of the feed that is worst off, and the rows and rejects of all. */
    public SinkStatus status() {
        return SinkStatus.worst(feedStatus().values());
    }

    /** What each feed does now, by its name: {@code aggregates}, {@code operations}, {@code raw}. */
    public SortedMap<String, SinkStatus> feedStatus() {
        SortedMap<String, SinkStatus> all = new TreeMap<>();
        feeds.forEach(feed -> all.put(feed.name(), feed.status()));
        return all;
    }

    /** Whether all of it reads and writes now: false while a feed is paused, failed, or not running. */
    public boolean healthy() {
        return status().state() == SinkStatus.State.RUNNING;
    }

    /** Stops after the transactions in hand; what was polled and not stored is read again next time. */
    @Override
    public synchronized void close() {
        feeds.forEach(Feed::stop);
        feeds.forEach(Feed::join);
        if (housekeeper != null) {
            housekeeper.close();
        }
        if (pool != null) {
            pool.close();
        }
    }

    private Backoff backoff() {
        return new Backoff(settings.retryDelay(), settings.retryDelayLimit(), new SplittableRandom());
    }
}
