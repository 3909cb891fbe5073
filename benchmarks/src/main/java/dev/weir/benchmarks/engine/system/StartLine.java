package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.PassSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of an application wait for each other, each with the first records it has fetched: stores are made one after
 * the other, so some have their partitions up to a second earlier, and would have read them before the others begin.
 *
 * <p>Safe for use from any thread.
 */
final class StartLine {
    private static final String KEY = "weir.benchmark.start";

    private final String topic;
    private final CountDownLatch missing = new CountDownLatch(PassSettings.THREADS);

    /** @param topic whose records are waited with */
    StartLine(String topic) {
        this.topic = topic;
    }

    /** What the configuration of an application must have so that its consumers wait here. */
    Map<String, Object> configuration() {
        return Map.of(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                List.of(Waiting.class),
                StreamsConfig.mainConsumerPrefix(KEY),
                this);
    }

    /** Whether all have started within the time. */
    boolean await(Duration timeout) throws InterruptedException {
        return missing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean startsWith(ConsumerRecords<byte[], byte[]> records) {
        return records.partitions().stream()
                .anyMatch(partition -> partition.topic().equals(topic));
    }

    /** Made by Kafka, one for each consumer. */
    public static final class Waiting implements ConsumerInterceptor<byte[], byte[]> {
        private static final Duration TIMEOUT = Duration.ofSeconds(30);

        private @Nullable StartLine line;

        @Override
        public void configure(Map<String, ?> config) {
            line = (StartLine) Objects.requireNonNull(config.get(KEY));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            if (line != null && line.startsWith(records)) {
                line.missing.countDown();
                awaitOthers(line);
                line = null;
            }
            return records;
        }

        private static void awaitOthers(StartLine line) {
            try {
                line.await(TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }
}
