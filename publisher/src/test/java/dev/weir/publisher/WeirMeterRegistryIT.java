package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micrometer's meters, read back from the topic; Micrometer's Prometheus registry judges their names. */
final class WeirMeterRegistryIT {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})? ");
    /** In Weir a window has its maximum; no series of its own. */
    private static final Pattern MAXIMA =
            Pattern.compile("(http_server_requests|alreadyCamelCase|payload_size).*_max.*");

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry schemas;

    private final String prefix = "m" + PREFIXES.incrementAndGet();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory, 0);
        schemas = EmbeddedRegistry.start(0, null);
    }

    @AfterAll
    static void stop() {
        broker.close();
        schemas.close();
    }

    @Test
    void seriesHaveTheNamesAndLabelsTheyHaveInPrometheus() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AtomicLong total = new AtomicLong();
        fill(prometheus, total);
        WeirMeterRegistry weir = WeirMeterRegistry.start(config());
        fill(weir, total);
        total.addAndGet(3);
        weir.close();
        assertThat(published()).isEqualTo(exposed(prometheus.scrape()));
    }

    @Test
    void timersAreHistogramsWithTheOutcomeOfTheirTag() {
        WeirMeterRegistry weir = WeirMeterRegistry.start(config());
        record(weir, "SUCCESS", 5);
        record(weir, "CLIENT_ERROR", 6);
        record(weir, "SERVER_ERROR", 7);
        record(weir, "UNKNOWN", 8);
        weir.close();
        List<HistogramEvent> sent = events().histograms("http_server_requests_seconds");
        assertThat(sent).hasSize(4).allSatisfy(event -> {
            assertThat(event.getService()).isEqualTo("shop");
            assertThat(PublishedRecords.sketch(event).count()).isEqualTo(2);
        });
        assertThat(of(sent, Map.of()).getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(of(sent, Map.of()).getSum()).isEqualTo(0.010);
        assertThat(of(sent, Map.of("exported_outcome", "CLIENT_ERROR")).getOutcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(of(sent, Map.of("exported_outcome", "SERVER_ERROR")).getOutcome())
                .isEqualTo(Outcome.ERROR);
        assertThat(of(sent, Map.of("exported_outcome", "UNKNOWN")).getOutcome()).isNull();
    }

    @Test
    void functionsThatCountAreIncrementsAndStartAnew() throws Exception {
        AtomicLong total = new AtomicLong(100);
        WeirPublisher publisher = WeirPublisher.start(config().publisherSettings());
        WeirMeterRegistry weir = new WeirMeterRegistry(publisher, Clock.SYSTEM);
        FunctionCounter.builder("polls", total, AtomicLong::doubleValue).register(weir);
        total.set(104);
        awaitDelivered(publisher, 1);
        total.set(3);
        publisher.close(Duration.ofSeconds(10));
        assertThat(events().measurements("polls_total"))
                .extracting(Measurement::getValue)
                .containsExactly(4.0, 3.0);
    }

    @Test
    void removedMeterSendsItsRestAndEnds() throws Exception {
        WeirPublisher publisher = WeirPublisher.start(config().publisherSettings());
        WeirMeterRegistry weir = new WeirMeterRegistry(publisher, Clock.SYSTEM);
        Gauge gauge = Gauge.builder("depth", () -> 3).register(weir);
        awaitDelivered(publisher, 1);
        Counter counter = weir.counter("jobs");
        counter.increment(5);
        weir.remove(counter);
        weir.remove(gauge);
        AtomicLong other = new AtomicLong();
        Gauge.builder("other", other::incrementAndGet).register(weir);
        while (other.get() < 3) {
            Thread.onSpinWait();
        }
        publisher.close(Duration.ofSeconds(10));
        List<Measurement> all = new ArrayList<>(events().of(dev.weir.events.MetricBatch.class).stream()
                .flatMap(batch -> batch.getMeasurements().stream())
                .toList());
        assertThat(all)
                .filteredOn(each -> each.getMetric().equals("jobs_total"))
                .extracting(Measurement::getValue)
                .containsExactly(5.0);
        // Of a flush that began after the removal.
        int second = all.indexOf(events().measurements("other").get(1));
        assertThat(all.subList(second + 1, all.size()))
                .noneMatch(each -> each.getMetric().equals("depth"));
    }

    @Test
    void meterThatWeirWouldRefuseWorksAndIsNamed() {
        List<String> refused = new ArrayList<>();
        WeirMeterRegistry weir = WeirMeterRegistry.start(config());
        weir.config().onMeterRegistrationFailed((id, why) -> refused.add(id.getName() + ": " + why));
        String[] tags = new String[2 * 33];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = "t" + i;
        }
        Counter counter = weir.counter("crowded", tags);
        counter.increment();
        weir.close();
        assertThat(counter.count()).isEqualTo(1);
        assertThat(refused).containsExactly("crowded: labels are 33, must be at most 32 (crowded_total)");
        assertThat(events().records()).isEmpty();
    }

    private static void fill(MeterRegistry registry, AtomicLong total) {
        Timer.builder("http.server.requests")
                .tag("uri", "/cart")
                .tag("http.method", "GET")
                .register(registry)
                .record(Duration.ofMillis(5));
        Timer.builder("alreadyCamelCase").register(registry).record(Duration.ofMillis(5));
        Counter.builder("orders.placed").tag("kind-of", "a").register(registry).increment(2);
        Counter.builder("bytes.sent.total").baseUnit("bytes").register(registry).increment(2);
        DistributionSummary.builder("payload.size")
                .baseUnit("bytes")
                .register(registry)
                .record(7);
        Gauge.builder("queue.depth", () -> 3).register(registry);
        Gauge.builder("heap", () -> 3).baseUnit("bytes").register(registry);
        TimeGauge.builder("process.uptime", () -> 1500, TimeUnit.MILLISECONDS).register(registry);
        FunctionCounter.builder("cache.gets", total, AtomicLong::doubleValue).register(registry);
        FunctionTimer.builder("cache.loads", total, AtomicLong::get, AtomicLong::doubleValue, TimeUnit.SECONDS)
                .register(registry);
        LongTaskTimer.builder("imports").register(registry).start();
    }

    private static Set<String> exposed(String exposition) {
        return exposition
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1) + (match.group(2) == null ? "{}" : match.group(2)))
                .filter(series -> !MAXIMA.matcher(series).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> published() {
        PublishedRecords sent = events();
        Set<String> series = new TreeSet<>();
        sent.of(HistogramEvent.class).forEach(event -> {
            series.add(event.getMetric() + "_count" + text(event.getLabels()));
            series.add(event.getMetric() + "_sum" + text(event.getLabels()));
        });
        sent.of(dev.weir.events.MetricBatch.class).stream()
                .flatMap(batch -> batch.getMeasurements().stream())
                .forEach(each -> {
                    assertThat(each.getKind()).isIn(MetricKind.COUNT, MetricKind.GAUGE);
                    series.add(each.getMetric() + text(each.getLabels()));
                });
        return series;
    }

    private static String text(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static void record(MeterRegistry registry, String outcome, long millis) {
        Timer timer = registry.timer("http.server.requests", "outcome", outcome);
        timer.record(millis, TimeUnit.MILLISECONDS);
        timer.record(millis, TimeUnit.MILLISECONDS);
    }

    private static HistogramEvent of(List<HistogramEvent> events, Map<String, String> labels) {
        return events.stream()
                .filter(event -> event.getLabels().equals(labels))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitDelivered(WeirPublisher publisher, long recordings) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> publisher.delivered() >= recordings);
    }

    private PublishedRecords events() {
        return PublishedRecords.read(broker.bootstrapServers(), schemas.url(), prefix + ".events");
    }

    private WeirMeterRegistryConfig config() {
        broker.createTopic(prefix + ".events", 1, Map.of());
        Map<String, String> properties = Map.of(
                "weir.bootstrap-servers",
                broker.bootstrapServers(),
                "weir.schema-registry",
                schemas.url(),
                "weir.service",
                "shop",
                "weir.topic-prefix",
                prefix,
                "weir.step",
                "50ms");
        return properties::get;
    }
}
