package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker stops and comes back while the service goes on. */
final class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int EACH = 10_000;

    @TempDir
    private Path directory;

    @Test
    void whatIsDeliveredAndWhatIsDroppedIsWhatWasRecorded() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
            broker.createTopic("weir.events", 1, Map.of());
            WeirPublisher publisher =
                    WeirPublisher.start(PublisherSettings.of(broker.bootstrapServers(), registry.url(), "shop")
                            .withFlushInterval(Duration.ofMillis(50))
                            .withBufferBytes(2 << 20)
                            // Sent while the broker is away, and given up before it is back.
                            .withProperties(Map.of(
                                    "request.timeout.ms", 1_500,
                                    "delivery.timeout.ms", 2_000,
                                    "reconnect.backoff.max.ms", 100)));
            record(publisher, EACH);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(publisher.delivered() + dropped(publisher))
                            .isEqualTo(3 * EACH));

            broker.close();
            record(publisher, 2 * EACH);
            // The producer has given some up, or has already forgotten the broker and takes none.
            await().atMost(PATIENCE)
                    .until(() -> publisher.dropped(DropReason.NOT_DELIVERED) > 0 || publisher.bufferedBytes() > 0);

            long before = publisher.delivered();
            EmbeddedBroker restarted = EmbeddedBroker.start(directory, broker.port());
            record(publisher, EACH);
            await().atMost(PATIENCE).until(() -> publisher.delivered() > before);
            publisher.close(PATIENCE);

            assertThat(publisher.delivered() + dropped(publisher)).isEqualTo(3 * 4 * EACH);
            assertThat(publisher.dropped(DropReason.CLOSED)).isZero();
            PublishedRecords sent = PublishedRecords.read(restarted.bootstrapServers(), registry.url(), "weir.events");
            long arrived = sent.measurements("single_seconds").size()
                    + sent.observations("histogram_seconds")
                    + Math.round(sent.measurements("calls_total").stream()
                            .mapToDouble(each -> each.getValue())
                            .sum());
            // What was not confirmed may have arrived.
            assertThat(arrived)
                    .isBetween(
                            publisher.delivered(), publisher.delivered() + publisher.dropped(DropReason.NOT_DELIVERED));
            restarted.close();
        }
    }

    private static long dropped(WeirPublisher publisher) {
        return publisher.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    private static void record(WeirPublisher publisher, int times) {
        Latency single = publisher.latency("single_seconds");
        Latency histogram = publisher.histogramLatency("histogram_seconds");
        PublishedCounter counter = publisher.counter("calls_total");
        for (int i = 0; i < times; i++) {
            single.record(i, null);
            histogram.record(i, null);
            counter.increment();
        }
    }
}
