package dev.weir.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application of this process: a thread of it that fails is replaced, within the bounds of {@link ThreadFailures}. */
final class RunningStreams {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final ThreadFailures failures;
    private @Nullable KafkaStreams streams;

    /** @param name for the log */
    RunningStreams(String name, InstantSource wallClock) {
        this.name = name;
        this.failures = new ThreadFailures(wallClock);
    }

    void start(KafkaStreams started) {
        started.setUncaughtExceptionHandler(failures::handle);
        started.setStateListener((now, before) -> LOG.info("{} is {}, was {}", name, now, before));
        streams = started;
        started.start();
    }

    /** {@code CREATED} before the start. */
    KafkaStreams.State state() {
        return streams == null ? KafkaStreams.State.CREATED : streams.state();
    }

    /** Why it has ended for good; empty while it has not. */
    Optional<String> failure() {
        return state() == KafkaStreams.State.ERROR ? Optional.of(failures.last()) : Optional.empty();
    }

    /** Empty before the start. */
    Optional<KafkaStreams> kafkaStreams() {
        return Optional.ofNullable(streams);
    }

    void close(GroupMembershipOperation membership) {
        if (streams != null
                && !streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(membership))) {
            LOG.warn("{} did not end within {}", name, CLOSE_TIMEOUT);
        }
    }
}
