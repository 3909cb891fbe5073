package dev.weir.topology;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The running stream of incidents: {@link IncidentTopology} on Kafka Streams, exactly once. One of any number of instances
 * works, the others stand by.
 *
 * <p>Its topics must exist when it starts. A thread that fails is replaced, as in {@link PipelineStreams}. {@link #start}
 * and {@link #close} belong to one thread, the rest may be asked from any.
 */
public final class IncidentStreams implements AutoCloseable {
    private final IncidentSettings settings;
    private final InstantSource wallClock;
    private final RunningStreams running;

    public IncidentStreams(IncidentSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
        this.running = new RunningStreams("stream of incidents", wallClock);
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
        running.start(new KafkaStreams(new IncidentTopology(settings, wallClock).build(), config));
    }

    /** The state of Kafka Streams; {@code CREATED} before the start. */
    public KafkaStreams.State state() {
        return running.state();
    }

    /** Why the stream has ended for good; empty while it has not. */
    public Optional<String> failure() {
        return running.failure();
    }

    /** Kafka Streams itself, for its metrics. Empty before the start. */
    public Optional<KafkaStreams> kafkaStreams() {
        return running.kafkaStreams();
    }

    @Override
    public void close() {
        running.close(GroupMembershipOperation.LEAVE_GROUP);
    }
}
