package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.rejected.RejectReason;
import dev.weir.sketch.SketchRange;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.MetricSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in batches and in histograms is aggregated as if it had come one by one. */
final class AggregationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final double MICROSECONDS = 1e6;

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void batchIsAggregatedWithTheLabelsOfBatchAndMeasurement() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "batches", dir.resolve("batches"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, "")) {
            List<Measurement> measurements = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Map<String, String> own = i % 2 == 0 ? Map.of("path", "/a") : Map.of("path", "/b", "zone", "own");
                measurements.add(Events.measurement(minute.plusSeconds(i), "took_seconds", i, own));
            }
            bench.send(1, new MetricBatch("shop", Map.of("zone", "shared", "tier", "web"), measurements));
            bench.flush();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bench.aggregates()).hasSize(4));
            assertThat(bench.aggregates()).allSatisfy(window -> {
                assertThat(window.getService()).isEqualTo("shop");
                assertThat(window.getCount()).isEqualTo(30);
                assertThat(window.getSuccessCount()).isEqualTo(30);
                if ("/a".equals(window.getLabels().get("path"))) {
                    assertThat(window.getLabels())
                            .containsOnly(
                                    Map.entry("path", "/a"), Map.entry("zone", "shared"), Map.entry("tier", "web"));
                    assertThat(window.getSum()).isEqualTo(870);
                } else {
                    assertThat(window.getLabels())
                            .containsOnly(Map.entry("path", "/b"), Map.entry("zone", "own"), Map.entry("tier", "web"));
                    assertThat(window.getSum()).isEqualTo(900);
                }
            });
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void metricWithSettingsHasItsRangeAndCountsAnEventIdOnce() throws Exception {
        MetricCatalog metrics = new MetricCatalog(
                List.of(new MetricSettings("took_seconds", SketchRange.between(1e-3, 600, 3), Duration.ofMinutes(10))));
        try (PipelineBench bench = new PipelineBench(broker, "settings", dir.resolve("settings"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, metrics)) {
            for (int i = 0; i < 30; i++) {
                bench.send(i % PipelineBench.PARTITIONS, identified("took_seconds", i, "id-" + i % 10));
                bench.send(0, identified("other_seconds", i, "id-" + i % 10));
            }
            bench.send(1, identified("took_seconds", 40, null));
            bench.flush();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bench.aggregates()).hasSize(4));
            for (WindowAggregate window : bench.aggregates()) {
                boolean deduplicated = window.getMetric().equals("took_seconds");
                assertThat(window.getCount()).isEqualTo(deduplicated ? 11 : 30);
                assertThat(Histogram.decodeFromByteBuffer(window.getSketch(), 0).getNumberOfSignificantValueDigits())
                        .isEqualTo(deduplicated ? 3 : 2);
            }
            assertThat(bench.rejected()).hasSize(20).allSatisfy(rejected -> {
                assertThat(rejected.getReason()).isEqualTo(RejectReason.DUPLICATE);
                assertThat(rejected.getMessage())
                        .matches("event_id is 'id-\\d', must be new for took_seconds\\{service=\"shop\"} "
                                + "within PT10M \\(metrics, deduplicate\\)");
            });
            assertThat(streams.failure()).isEmpty();
        }
    }

    private MetricEvent identified(String metric, int second, @Nullable String id) {
        return new MetricEvent(
                minute.plusSeconds(second),
                Events.SERVICE,
                metric,
                MetricKind.OBSERVATION,
                (double) second,
                null,
                null,
                Map.of(),
                id);
    }

    @Test
    void histogramsAreMergedAsStockHdrHistogramMergesThem() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "histograms", dir.resolve("histograms"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, "")) {
            long seed = 77;
            Random random = new Random(seed);
            Histogram whole = new Histogram(3_600_000_000L, 2);
            double sum = 0;
            for (int i = 0; i < 30; i++) {
                Histogram part = new Histogram(3_600_000_000L, 2);
                for (int n = 0; n < 200; n++) {
                    part.recordValue((long) Math.exp(random.nextDouble() * 15));
                }
                whole.add(part);
                sum += i;
                bench.send(
                        i % PipelineBench.PARTITIONS,
                        Events.histogram(
                                minute.plusSeconds(i), "took_seconds", HdrBytes.of(part, 1 / MICROSECONDS), (double)
                                        i));
            }
            bench.flush();
            Histogram expected =
                    Histogram.decodeFromByteBuffer(ByteBuffer.wrap(HdrBytes.of(whole, 1 / MICROSECONDS)), 0);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bench.aggregates()).hasSize(2));
            for (WindowAggregate window : bench.aggregates()) {
                assertThat(window.getCount()).isEqualTo(6_000);
                assertThat(window.getErrorCount()).isEqualTo(6_000);
                assertThat(window.getSum()).isEqualTo(sum);
                Histogram published = Histogram.decodeFromByteBuffer(window.getSketch(), 0);
                assertThat(published).as("seed " + seed).isEqualTo(expected);
                for (QuantileValue quantile : window.getQuantiles()) {
                    assertThat(quantile.getValue() * MICROSECONDS)
                            .isCloseTo(
                                    (double) whole.getValueAtPercentile(100 * quantile.getQuantile()),
                                    Percentage.withPercentage(1e-9));
                }
            }
            assertThat(streams.failure()).isEmpty();
        }
    }
}
