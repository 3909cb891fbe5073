package dev.weir.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running stream of incidents: {@link IncidentTopology} on Kafka Streams, exactly once. One of any number of instances
 * works, the others stand by.
 *
 * <p>Its topics must exist when it starts. A thread that fails is replaced, as in {@link PipelineStreams}. {@link #start}
 * and {@link #close} belong to one thread, the rest may be asked from any.
 */
public final class IncidentStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final IncidentSettings settings;
    private final InstantSource wallClock;
    private final ThreadFailures failures;
    private @Nullable KafkaStreams streams;

    public IncidentStreams(IncidentSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
        this.failures = new ThreadFailures(wallClock);
    }

    /** The graph. */
    public TopologyDescription describe() {
        return new IncidentTopology(settings, wallClock).build().describe();
    }

    /** Starts the stream and returns. */
    public void start() {
        Properties config = StreamsDefaults.with(settings.streams());
        // All the work is in one partition.
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        KafkaStreams started = new KafkaStreams(new IncidentTopology(settings, wallClock).build(), config);
        started.setUncaughtExceptionHandler(failures::handle);
        started.setStateListener((now, before) -> LOG.info("incidents are {}, were {}", now, before));
        streams = started;
        started.start();
    }

    /** The state of Kafka Streams; {@code CREATED} before the start. */
    public KafkaStreams.State state() {
        return streams == null ? KafkaStreams.State.CREATED : streams.state();
    }

    /** Why the stream has ended for good; empty while it has not. */
    public Optional<String> failure() {
        return state() == KafkaStreams.State.ERROR ? Optional.of(failures.last()) : Optional.empty();
    }

    /** Kafka Streams itself, for its metrics. Empty before the start. */
    public Optional<KafkaStreams> kafkaStreams() {
        return Optional.ofNullable(streams);
    }

    @Override
    public void close() {
        if (streams == null) {
            return;
        }
        CloseOptions leave = CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leave)) {
            LOG.warn("incidents did not end within {}", CLOSE_TIMEOUT);
        }
    }
}
