package dev.weir.publisher;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a {@link WeirPublisher} works; three of them suffice: {@link #of}.
 *
 * @param bootstrapServers Kafka's, {@code host:port} separated by commas
 * @param schemaRegistry URL of the schema registry, several separated by commas
 * @param service what measures: the label {@code service} of every series
 * @param labels further labels of every series, such as the instance; a series' own label of the same name wins
 * @param topicPrefix the prefix of Weir's topics
 * @param flushInterval how often what was added up is sent, 10 ms to 10 min
 * @param batchSize measurements in one {@code MetricBatch}, 1 to 10,000
 * @param bufferBytes memory for what waits to be sent, half of it Kafka's {@code buffer.memory}; at least 2 MiB
 * @param maxInstruments how many instruments may be made, each with its labels; recordings of any more are dropped and counted
 * @param properties further properties of the Kafka producer ({@code security.protocol}, {@code sasl.*}) and of the serializer
 *     ({@code schema.registry.*}, {@code basic.auth.*}); what makes the publisher safe cannot be changed
 */
public record PublisherSettings(
        String bootstrapServers,
        String schemaRegistry,
        String service,
        Map<String, String> labels,
        String topicPrefix,
        Duration flushInterval,
        int batchSize,
        long bufferBytes,
        int maxInstruments,
        Map<String, Object> properties) {
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(10);
    private static final Duration GREATEST_INTERVAL = Duration.ofMinutes(10);
    private static final int GREATEST_BATCH = 10_000;
    private static final long LEAST_BUFFER = 2 << 20;

    public PublisherSettings {
        require(!bootstrapServers.isBlank(), "bootstrapServers", bootstrapServers, "host:port");
        require(!schemaRegistry.isBlank(), "schemaRegistry", schemaRegistry, "a URL");
        SeriesRules.checkService(service);
        labels = Map.copyOf(labels);
        SeriesRules.checkLabels(labels, SeriesRules.Use.COMMON);
        require(topicPrefix.matches("[a-zA-Z0-9._-]{1,100}"), "topicPrefix", topicPrefix, "1 to 100 of [a-zA-Z0-9._-]");
        require(
                flushInterval.compareTo(LEAST_INTERVAL) >= 0 && flushInterval.compareTo(GREATEST_INTERVAL) <= 0,
                "flushInterval",
                flushInterval,
                LEAST_INTERVAL + " to " + GREATEST_INTERVAL);
        require(batchSize >= 1 && batchSize <= GREATEST_BATCH, "batchSize", batchSize, "1 to " + GREATEST_BATCH);
        require(bufferBytes >= LEAST_BUFFER, "bufferBytes", bufferBytes, ">= " + LEAST_BUFFER);
        require(maxInstruments >= 1, "maxInstruments", maxInstruments, ">= 1");
        properties = Map.copyOf(properties);
    }

    /** Flushes every second, batches of 1,000, 16 MiB of buffer, 5,000 instruments. */
    public static PublisherSettings of(String bootstrapServers, String schemaRegistry, String service) {
        return new PublisherSettings(
                bootstrapServers,
                schemaRegistry,
                service,
                Map.of(),
                "weir",
                Duration.ofSeconds(1),
                1_000,
                16 << 20,
                5_000,
                Map.of());
    }

    public PublisherSettings withLabels(Map<String, String> labels) {
        return with(copy -> copy.labels = labels);
    }

    public PublisherSettings withTopicPrefix(String topicPrefix) {
        return with(copy -> copy.topicPrefix = topicPrefix);
    }

    public PublisherSettings withFlushInterval(Duration flushInterval) {
        return with(copy -> copy.flushInterval = flushInterval);
    }

    public PublisherSettings withBatchSize(int batchSize) {
        return with(copy -> copy.batchSize = batchSize);
    }

    public PublisherSettings withBufferBytes(long bufferBytes) {
        return with(copy -> copy.bufferBytes = bufferBytes);
    }

    public PublisherSettings withMaxInstruments(int maxInstruments) {
        return with(copy -> copy.maxInstruments = maxInstruments);
    }

    public PublisherSettings withProperties(Map<String, Object> properties) {
        return with(copy -> copy.properties = properties);
    }

    private PublisherSettings with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new PublisherSettings(
                bootstrapServers,
                schemaRegistry,
                service,
                copy.labels,
                copy.topicPrefix,
                copy.flushInterval,
                copy.batchSize,
                copy.bufferBytes,
                copy.maxInstruments,
                copy.properties);
    }

    /** What can be changed. */
    private static final class Copy {
        private Map<String, String> labels;
        private String topicPrefix;
        private Duration flushInterval;
        private int batchSize;
        private long bufferBytes;
        private int maxInstruments;
        private Map<String, Object> properties;

        private Copy(PublisherSettings settings) {
            labels = settings.labels;
            topicPrefix = settings.topicPrefix;
            flushInterval = settings.flushInterval;
            batchSize = settings.batchSize;
            bufferBytes = settings.bufferBytes;
            maxInstruments = settings.maxInstruments;
            properties = settings.properties;
        }
    }

    private static void require(boolean allowed, String name, Object value, String must) {
        if (!allowed) {
            throw new IllegalArgumentException(name + " is '" + value + "', must be " + must + " (publisher)");
        }
    }
}
