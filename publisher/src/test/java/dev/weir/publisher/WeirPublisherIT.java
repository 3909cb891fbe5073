package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricKind;
import dev.weir.events.MonitoringEvent;
import dev.weir.events.Outcome;
import dev.weir.events.WorkerIssue;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher beside a real broker and registry: what it sends is what was recorded. */
final class WeirPublisherIT {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final double MICROS = 1e6;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    private final String prefix = "p" + PREFIXES.incrementAndGet();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory, 0);
        registry = EmbeddedRegistry.start(0, null);
    }

    @AfterAll
    static void stop() {
        broker.close();
        registry.close();
    }

    @Test
    void everyLatencyIsSentWithItsTimeOutcomeAndId() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        try (WeirPublisher publisher = publisher()) {
            Latency latency = publisher.latency("api_call_seconds", "api", "airtable");
            latency.record(Duration.ofMillis(42), Outcome.SUCCESS);
            latency.record(Duration.ofMillis(1_500), Outcome.ERROR);
            latency.record(7_000, null, "id-7");
            publisher.close(CLOSING);
            assertThat(publisher.delivered()).isEqualTo(3);
            assertNothingDropped(publisher);
        }
        List<Measurement> sent = events().measurements("api_call_seconds");
        assertThat(sent).extracting(Measurement::getValue).containsExactly(0.042, 1.5, 0.000007);
        assertThat(sent).extracting(Measurement::getOutcome).containsExactly(Outcome.SUCCESS, Outcome.ERROR, null);
        assertThat(sent).extracting(Measurement::getEventId).containsExactly(null, null, "id-7");
        assertThat(sent).allSatisfy(measurement -> {
            assertThat(measurement.getKind()).isEqualTo(MetricKind.OBSERVATION);
            assertThat(measurement.getUnit()).isNull();
            assertThat(measurement.getLabels())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("api", "airtable", "instance", "a"));
            assertThat(measurement.getTimestamp()).isBetween(before, Instant.ofEpochMilli(System.currentTimeMillis()));
        });
    }

    @Test
    void histogramsHoldWhatHdrHistogramHolds() {
        Histogram oracle = new Histogram(3_600_000_000L, 2);
        Random random = new Random(7);
        long nanos = 0;
        int flushed = 0;
        try (WeirPublisher publisher = publisher()) {
            Latency latency = publisher.histogramLatency("queue_processing_seconds", "queue", "ingest");
            for (int i = 0; i < 20_000; i++) {
                long each = (long) (Math.exp(random.nextGaussian() * 2) * 3e6);
                latency.record(each, Outcome.SUCCESS);
                oracle.recordValue(Math.round(each / 1e9 * MICROS));
                nanos += each;
                if (i % 5_000 == 4_999) {
                    int sent = ++flushed;
                    await().atMost(Duration.ofSeconds(10)).until(() -> publisher.delivered() == sent * 5_000L);
                }
            }
            publisher.close(CLOSING);
            assertNothingDropped(publisher);
        }
        List<HistogramEvent> sent = events().histograms("queue_processing_seconds");
        assertThat(sent)
                .hasSizeGreaterThanOrEqualTo(4)
                .extracting(HistogramEvent::getOutcome)
                .containsOnly(Outcome.SUCCESS);
        Histogram all = new Histogram(3_600_000_000L, 2);
        sent.forEach(event ->
                all.add(Histogram.decodeFromByteBuffer(event.getHistogram().duplicate(), 0)));
        assertThat(all).isEqualTo(oracle);
        assertThat(sent.stream().mapToDouble(HistogramEvent::getSum).sum())
                .isCloseTo(nanos / 1e9, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void countersCachesAndGaugesAreSummedUpBetweenFlushes() {
        try (WeirPublisher publisher = publisher()) {
            PublishedCounter requests = publisher.counter("requests_total");
            requests.increment();
            requests.increment(2.5, null);
            requests.increment(Outcome.ERROR);
            PublishedCache cache = publisher.cache("cache_requests_total", "cache", "schemas");
            cache.hit();
            cache.hit();
            cache.miss();
            PublishedGauge depth = publisher.gauge("queue_depth");
            depth.set(3);
            depth.set(5);
            publisher.gauge("pool_size", () -> 8);
            publisher.close(CLOSING);
            assertThat(publisher.delivered()).isGreaterThanOrEqualTo(8);
            assertNothingDropped(publisher);
        }
        PublishedRecords sent = events();
        assertThat(sum(sent, "requests_total", null)).isEqualTo(3.5);
        assertThat(sum(sent, "requests_total", Outcome.ERROR)).isEqualTo(1);
        assertThat(sum(sent, "cache_requests_total", Outcome.HIT)).isEqualTo(2);
        assertThat(sum(sent, "cache_requests_total", Outcome.MISS)).isEqualTo(1);
        assertThat(sent.measurements("queue_depth")).last().satisfies(last -> {
            assertThat(last.getValue()).isEqualTo(5);
            assertThat(last.getKind()).isEqualTo(MetricKind.GAUGE);
        });
        assertThat(sent.measurements("pool_size"))
                .extracting(Measurement::getValue)
                .containsOnly(8.0);
    }

    @Test
    void issuesAreOpenedAndResolvedAndEventsToldInOrder() {
        try (WeirPublisher publisher = publisher()) {
            OpenIssue issue = publisher.workerIssue(
                    "worker-3", "stuck_message", Severity.CRITICAL, "no progress for 5 min", Map.of("offset", "17"));
            issue.resolve("restarted");
            publisher.event("deployment", Map.of("version", "1.2"));
            publisher.close(CLOSING);
            assertThat(publisher.delivered()).isEqualTo(3);
            assertNothingDropped(publisher);
        }
        PublishedRecords sent =
                PublishedRecords.read(broker.bootstrapServers(), registry.url(), prefix + ".operations");
        List<WorkerIssue> issues = sent.of(WorkerIssue.class);
        assertThat(issues).extracting(WorkerIssue::getResolved).containsExactly(false, true);
        assertThat(issues).extracting(WorkerIssue::getResolution).containsExactly(null, "restarted");
        assertThat(issues)
                .extracting(WorkerIssue::getIssueId)
                .hasSize(2)
                .containsOnly(issues.get(0).getIssueId());
        assertThat(issues.get(0).getSeverity()).isEqualTo("critical");
        assertThat(issues.get(0).getDetails()).isEqualTo("{\"offset\":\"17\"}");
        assertThat(sent.of(MonitoringEvent.class)).singleElement().satisfies(event -> {
            assertThat(event.getEventType()).isEqualTo("deployment");
            assertThat(event.getService()).isEqualTo("shop");
            assertThat(event.getDetails()).isEqualTo("{\"version\":\"1.2\"}");
        });
    }

    @Test
    void missingTopicOfOperationsHoldsUpNoMetric() {
        broker.createTopic(prefix + ".events", 1, Map.of());
        try (WeirPublisher publisher = WeirPublisher.start(settings())) {
            publisher.event("deployment", Map.of());
            publisher.counter("jobs_total").increment();
            await().atMost(Duration.ofSeconds(20)).until(() -> publisher.delivered() == 1);
            publisher.close(Duration.ZERO);
            assertThat(publisher.dropped(DropReason.CLOSED)).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        int threads = 4;
        long each = 20_000;
        try (WeirPublisher publisher = publisher()) {
            Latency single = publisher.latency("single_seconds");
            Latency histogram = publisher.histogramLatency("histogram_seconds");
            PublishedCounter counter = publisher.counter("calls_total");
            List<Thread> all = java.util.stream.IntStream.range(0, threads)
                    .mapToObj(i -> new Thread(() -> {
                        for (int n = 0; n < each; n++) {
                            single.record(1_000_000, null);
                            histogram.record(1_000_000, null);
                            counter.increment();
                        }
                    }))
                    .toList();
            all.forEach(Thread::start);
            for (Thread thread : all) {
                thread.join();
            }
            publisher.close(CLOSING);
            assertThat(publisher.delivered() + publisher.dropped(DropReason.BUFFER_FULL))
                    .isEqualTo(3L * threads * each);
            PublishedRecords sent = events();
            assertThat(sent.measurements("single_seconds").size() + publisher.dropped(DropReason.BUFFER_FULL))
                    .isEqualTo(threads * each);
            assertThat(sent.observations("histogram_seconds")).isEqualTo(threads * each);
            assertThat(sent.histograms("histogram_seconds").stream()
                            .mapToDouble(HistogramEvent::getSum)
                            .sum())
                    .isEqualTo(threads * each / 1e3);
            assertThat(sum(sent, "calls_total", null)).isEqualTo((double) (threads * each));
        }
    }

    private static double sum(
            PublishedRecords sent, String metric, @org.jspecify.annotations.Nullable Outcome outcome) {
        return sent.measurements(metric).stream()
                .filter(measurement -> measurement.getOutcome() == outcome)
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    private static void assertNothingDropped(WeirPublisher publisher) {
        assertThat(publisher.dropped().values()).containsOnly(0L);
    }

    private PublishedRecords events() {
        return PublishedRecords.read(broker.bootstrapServers(), registry.url(), prefix + ".events");
    }

    private WeirPublisher publisher() {
        broker.createTopic(prefix + ".events", 1, Map.of());
        broker.createTopic(prefix + ".operations", 1, Map.of());
        return WeirPublisher.start(settings());
    }

    private PublisherSettings settings() {
        return PublisherSettings.of(broker.bootstrapServers(), registry.url(), "shop")
                .withTopicPrefix(prefix)
                .withLabels(Map.of("instance", "a"))
                .withFlushInterval(Duration.ofMillis(50));
    }
}
