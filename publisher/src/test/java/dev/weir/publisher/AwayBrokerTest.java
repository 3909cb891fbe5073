package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.weir.events.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody listens where Kafka and the registry should be. Recording returns, memory is bounded, every loss is counted. */
@Timeout(30)
final class AwayBrokerTest {
    private static final long BUFFER = 2 << 20;

    private final WeirPublisher publisher =
            WeirPublisher.start(PublisherSettings.of("127.0.0.1:1", "http://127.0.0.1:1", "shop")
                    .withBufferBytes(BUFFER)
                    .withFlushInterval(Duration.ofMillis(20)));

    @Test
    void fullBufferDropsAndCountsEveryRecording() {
        Latency latency = publisher.latency("http_request_duration_seconds", "route", "/cart");
        int recordings = 100_000;
        for (int i = 0; i < recordings; i++) {
            latency.record(i, Outcome.SUCCESS);
            assertThat(publisher.bufferedBytes()).isLessThanOrEqualTo(BUFFER / 2);
        }
        assertThat(publisher.dropped(DropReason.BUFFER_FULL)).isGreaterThan(recordings / 2);
        publisher.close(Duration.ofMillis(100));
        assertThat(publisher.delivered()).isZero();
        assertThat(allDropped()).isEqualTo(recordings);
        assertThat(publisher.bufferedBytes()).isZero();
    }

    @Test
    void histogramsAndCountersAreCountedByRecording() {
        Latency latency = publisher.histogramLatency("http_request_duration_seconds");
        PublishedCounter counter = publisher.counter("requests_total");
        for (int i = 0; i < 5_000; i++) {
            latency.record(i, null);
            counter.increment(3, Outcome.ERROR);
        }
        publisher.close(Duration.ofMillis(100));
        assertThat(allDropped()).isEqualTo(10_000);
    }

    @Test
    void recordingAfterCloseIsDroppedAndCounted() {
        Latency latency = publisher.latency("a_seconds");
        Latency histogram = publisher.histogramLatency("b_seconds");
        PublishedCounter counter = publisher.counter("c_total");
        PublishedCache cache = publisher.cache("d_total");
        PublishedGauge gauge = publisher.gauge("e");
        publisher.close(Duration.ZERO);
        latency.record(Duration.ofMillis(1));
        histogram.record(Duration.ofMillis(1));
        counter.increment();
        cache.hit();
        gauge.set(1);
        publisher.workerIssue("w", "t", Severity.INFO, "m", Map.of()).resolve("r");
        publisher.event("deployment", Map.of());
        assertThat(publisher.dropped(DropReason.CLOSED)).isEqualTo(8);
        assertThatNoException().isThrownBy(publisher::close);
    }

    @Test
    void callerIsNeverInterruptedNorHeldUpByClose() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        publisher.counter("c_total").increment();
        Thread closer = new Thread(() -> {
            publisher.close(Duration.ofMillis(200));
            ended.set(!Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.join();
        assertThat(ended).isTrue();
        assertThat(publisher.dropped(DropReason.CLOSED)).isEqualTo(1);
    }

    @Test
    void silentRegistryHoldsUpNobody() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            WeirPublisher stuck = WeirPublisher.start(
                    PublisherSettings.of("127.0.0.1:1", "http://127.0.0.1:" + silent.getLocalPort(), "shop")
                            .withFlushInterval(Duration.ofMillis(20)));
            Latency latency = stuck.latency("a_seconds");
            for (int i = 0; i < 1_000; i++) {
                latency.record(i, null);
            }
            stuck.close(Duration.ofMillis(100));
            assertThat(stuck.dropped(DropReason.CLOSED)).isEqualTo(1_000);
        }
        publisher.close(Duration.ZERO);
    }

    private long allDropped() {
        return publisher.dropped().values().stream().mapToLong(Long::longValue).sum();
    }
}
