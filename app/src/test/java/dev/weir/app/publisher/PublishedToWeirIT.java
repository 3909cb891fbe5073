package dev.weir.app.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.machine.EmbeddedWeir;
import dev.weir.app.role.RoleName;
import dev.weir.events.Outcome;
import dev.weir.publisher.Latency;
import dev.weir.publisher.PublishedCache;
import dev.weir.publisher.PublisherSettings;
import dev.weir.publisher.WeirPublisher;
import dev.weir.serde.AvroDeserializer;
import dev.weir.testing.clock.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a service's recorded latencies to the window that Weir publishes, which HdrHistogram judges. */
final class PublishedToWeirIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDINGS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void windowEqualsHistogramOfWhatWasRecorded() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(10));
        ManualClock clock = new ManualClock(minute.plusSeconds(20));
        Histogram oracle = new Histogram(3_600_000_000L, 2);
        long nanos = 0;
        try (EmbeddedWeir weir = EmbeddedWeir.start(directory, EnumSet.of(RoleName.STREAM))) {
            try (WeirPublisher publisher = WeirPublisher.start(settings(weir), clock)) {
                Latency single = publisher.latency("api_call_seconds", "api", "airtable");
                Latency histogram = publisher.histogramLatency("queue_processing_seconds");
                PublishedCache cache = publisher.cache("cache_requests_total");
                Random random = new Random(11);
                for (int i = 0; i < RECORDINGS; i++) {
                    long each = (long) (Math.exp(random.nextGaussian()) * 40e6);
                    Outcome outcome = i % 10 == 0 ? Outcome.ERROR : Outcome.SUCCESS;
                    single.record(each, outcome);
                    histogram.record(each, outcome);
                    if (i % 4 == 0) {
                        cache.miss();
                    } else {
                        cache.hit();
                    }
                    oracle.recordValue(Math.round(each / 1e3));
                    nanos += each;
                }
                await().atMost(PATIENCE).until(() -> publisher.delivered() == 3 * RECORDINGS);
                clock.advance(Duration.ofMinutes(2));
                single.record(1, null);
            }
            Map<String, WindowAggregate> windows = closedWindows(weir.config(), minute, 3);
            double sum = nanos / 1e9;
            for (String metric : List.of("api_call_seconds", "queue_processing_seconds")) {
                WindowAggregate window = Objects.requireNonNull(windows.get(metric), metric);
                assertThat(window.getCount()).isEqualTo(RECORDINGS);
                assertThat(window.getSum()).isCloseTo(sum, within(sum * 1e-12));
                assertThat(window.getErrorRatio()).isEqualTo(0.1);
                assertThat(window.getQuantiles())
                        .filteredOn(quantile -> quantile.getQuantile() == 0.95)
                        .singleElement()
                        .satisfies(p95 -> assertThat(p95.getValue()).isEqualTo(oracle.getValueAtPercentile(95) / 1e6));
            }
            assertThat(windows).extractingByKey("cache_requests_total").returns(0.75, WindowAggregate::getHitRatio);
        }
    }

    private static PublisherSettings settings(EmbeddedWeir weir) {
        return PublisherSettings.of(
                        weir.config().kafka().properties().getOrDefault("bootstrap.servers", ""),
                        weir.registryUrl(),
                        "shop")
                .withFlushInterval(Duration.ofMillis(50));
    }

    /** The final windows of a minute, by metric, once there are as many. */
    private static Map<String, WindowAggregate> closedWindows(WeirConfig config, Instant minute, int expected) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put("isolation.level", "read_committed");
        Map<String, Object> serde = new HashMap<>(config.schemaRegistry().serdeProperties());
        serde.put("specific.avro.reader", true);
        AvroDeserializer<WindowAggregate> values = new AvroDeserializer<>();
        values.configure(serde, false);
        Map<String, WindowAggregate> windows = new HashMap<>();
        try (KafkaConsumer<String, WindowAggregate> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(config.topics().name("aggregates"))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    WindowAggregate window = record.value();
                    boolean closed = window.getFinal$()
                            && window.getWindowStart().equals(minute)
                            && window.getWindowEnd().equals(minute.plusSeconds(60));
                    if (closed) {
                        windows.put(window.getMetric(), window);
                    }
                });
                return windows.size() == expected;
            });
        }
        return windows;
    }
}
