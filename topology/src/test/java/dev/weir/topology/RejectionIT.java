package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.WorkerIssue;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.ingest.EventLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong input becomes one record that says what was wrong, where it stands, and shows its bytes. */
final class RejectionIT {
    private static final EventLimits LIMITS = new EventLimits(3, 20, 30, 4_000, 5, 200);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    /** Far enough back that its minute is over. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofMinutes(3));

    private record Wrong(
            RejectReason reason,
            String message,
            @Nullable ByteBuffer value,
            @Nullable Integer index) {
        byte @Nullable [] bytes() {
            if (value == null) {
                return null;
            }
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            return bytes;
        }
    }

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void everyWrongInputBecomesOneRecordWithReasonPlaceAndBytes() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "wrong", dir.resolve("wrong"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, LIMITS)) {
            bench.sendBytes(1, bench.encode(gauge("good")));
            Map<Long, Wrong> sent = new HashMap<>();
            for (Wrong wrong : wrongs(bench)) {
                RecordMetadata at = bench.sendBytes(1, wrong.bytes());
                sent.put(at.offset(), wrong);
                bench.sendBytes(1, bench.encode(gauge("good")));
            }
            await().atMost(PATIENCE).until(() -> bench.rejected().size() >= sent.size());
            List<RejectedEvent> rejected = bench.rejected();

            assertThat(rejected).hasSize(sent.size());
            SoftAssertions all = new SoftAssertions();
            for (RejectedEvent one : rejected) {
                check(all, one, sent.get(one.getOffset()));
            }
            all.assertAll();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(minutes(bench.aggregates()))
                            .isEqualTo(Map.of("good", sent.size() + 1L, "in_batch", 2L)));
            assertThat(streams.failure()).isEmpty();
        }
    }

    private static void check(SoftAssertions all, RejectedEvent one, @Nullable Wrong wrong) {
        all.assertThat(wrong).as("rejected at offset " + one.getOffset()).isNotNull();
        if (wrong == null) {
            return;
        }
        byte[] sent = wrong.bytes();
        byte[] value = sent == null ? new byte[0] : sent;
        all.assertThat(one.getReason()).as(one.getMessage()).isEqualTo(wrong.reason());
        all.assertThat(one.getMessage()).contains(wrong.message());
        all.assertThat(one.getTopic()).isEqualTo("wrong.events");
        all.assertThat(one.getPartition()).isEqualTo(1);
        all.assertThat(one.getIndex()).as(one.getMessage()).isEqualTo(wrong.index());
        all.assertThat(one.getOriginalSize()).isEqualTo(sent == null ? -1 : value.length);
        // The bound is 200 bytes; the three measurements of a batch share it.
        int bound = wrong.index() == null ? 200 : 66;
        all.assertThat(one.getOriginal())
                .isEqualTo(ByteBuffer.wrap(Arrays.copyOf(value, Math.min(value.length, bound))));
        all.assertThat(Duration.between(one.getBrokerTimestamp(), Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(5));
    }

    private List<Wrong> wrongs(PipelineBench bench) {
        byte[] unknownSchema = bench.encode(gauge("good"));
        unknownSchema[1] = 0x70;
        byte[] cutShort = bench.encode(gauge("good"));
        Map<String, String> labels = Map.of("a", "1", "b", "2", "c", "3", "d", "4");
        return List.of(
                wrong(RejectReason.UNDECODABLE, "value is null", null),
                wrong(RejectReason.UNDECODABLE, "", new byte[0]),
                wrong(RejectReason.UNDECODABLE, "", "plain text".getBytes(StandardCharsets.UTF_8)),
                wrong(RejectReason.UNDECODABLE, "ends early", Arrays.copyOf(cutShort, cutShort.length - 3)),
                wrong(RejectReason.UNDECODABLE, "bytes follow", Arrays.copyOf(cutShort, cutShort.length + 3)),
                wrong(RejectReason.UNKNOWN_SCHEMA, "", unknownSchema),
                wrong(
                        RejectReason.UNSUPPORTED_SCHEMA,
                        "schema is dev.weir.events.WorkerIssue, must be MetricEvent, MetricBatch or HistogramEvent",
                        bench.encode(new WorkerIssue(now, "i", "w", "stuck", "error", "m", null, false, null))),
                wrong(RejectReason.INVALID_VALUE, "value is NaN", bench.encode(value(Double.NaN))),
                wrong(RejectReason.INVALID_VALUE, "value is Infinity", bench.encode(value(Double.POSITIVE_INFINITY))),
                wrong(
                        RejectReason.INVALID_VALUE,
                        "value is -1.0, must be finite and >= 0 (kind OBSERVATION)",
                        bench.encode(value(-1))),
                wrong(RejectReason.INVALID_VALUE, "timestamp is -1", bench.encode(at(Instant.EPOCH.minusMillis(1)))),
                wrong(RejectReason.INVALID_NAME, "metric is empty", bench.encode(gauge(""))),
                wrong(RejectReason.INVALID_NAME, "(21 characters)", bench.encode(gauge("m".repeat(21)))),
                wrong(RejectReason.TOO_MANY_LABELS, "labels are 4, must be at most 3", bench.encode(labelled(labels))),
                wrong(
                        RejectReason.INVALID_LABEL,
                        "label a has 31",
                        bench.encode(labelled(Map.of("a", "x".repeat(31))))),
                wrong(RejectReason.TOO_LARGE, "(limits.record-bytes)", new byte[4_001]),
                wrong(RejectReason.TOO_LARGE, "batch has 6 measurements", bench.encode(batch(6, 1))),
                new Wrong(RejectReason.INVALID_VALUE, "value is -1.0", ByteBuffer.wrap(bench.encode(batch(3, -1))), 1),
                wrong(RejectReason.INVALID_VALUE, "histogram: ", bench.encode(histogram(new byte[] {1, 2, 3}))),
                wrong(RejectReason.INVALID_VALUE, "histogram is empty", bench.encode(histogram(hdr(1, 0)))),
                wrong(RejectReason.INVALID_VALUE, "observations, must", bench.encode(histogram(hdr(1, 1L << 62)))),
                wrong(RejectReason.INVALID_VALUE, "must be finite", bench.encode(histogram(hdr(1e307, 5)))),
                wrong(RejectReason.FUTURE, "(time.max-future)", bench.encode(at(now.plus(Duration.ofDays(1))))),
                wrong(RejectReason.LATE, "(time.late-retention)", bench.encode(at(now.minus(Duration.ofDays(2))))));
    }

    @Test
    void eventFromTheFutureMovesNoClock() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "future", dir.resolve("future"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, LIMITS)) {
            for (int partition = 0; partition < PipelineBench.PARTITIONS; partition++) {
                bench.sendBytes(partition, bench.encode(at(now.minusSeconds(30))));
                bench.sendBytes(partition, bench.encode(at(now.plus(Duration.ofDays(400)))));
                bench.sendBytes(partition, bench.encode(at(now.minusSeconds(29))));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(minutes(bench.aggregates())).isEqualTo(Map.of("good", 6L)));
            assertThat(bench.aggregates())
                    .filteredOn(WindowAggregate::getFinal$)
                    .allMatch(window -> window.getRevision() == 0);
            assertThat(bench.rejected()).hasSize(3).allMatch(one -> one.getReason() == RejectReason.FUTURE);
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void eventThatOnlyTheStageWatermarkShowsTooLateIsRejectedWithItsBytes() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "late", dir.resolve("late"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, LIMITS)) {
            bench.sendBytes(0, bench.encode(at(now.minus(Duration.ofMinutes(5)))));
            await().atMost(PATIENCE).until(() -> !bench.aggregates().isEmpty());
            byte[] value = bench.encode(at(now.minus(Duration.ofDays(2))));
            RecordMetadata at = bench.sendBytes(2, value);
            await().atMost(PATIENCE).until(() -> !bench.rejected().isEmpty());

            assertThat(bench.rejected()).singleElement().satisfies(one -> {
                assertThat(one.getReason()).isEqualTo(RejectReason.LATE);
                assertThat(one.getMessage()).contains("ms behind the watermark 20");
                assertThat(one.getPartition()).isEqualTo(2);
                assertThat(one.getOffset()).isEqualTo(at.offset());
                assertThat(one.getOriginal()).isEqualTo(ByteBuffer.wrap(value));
                assertThat(one.getOriginalSize()).isEqualTo(value.length);
            });
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void partitionOfNothingButRejectsHoldsNoWindowBack() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "garbage", dir.resolve("garbage"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, LIMITS)) {
            bench.sendBytes(0, bench.encode(at(now.minus(Duration.ofMinutes(5)))));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
                bench.sendBytes(1, new byte[] {7});
                return !bench.aggregates().isEmpty();
            });
            assertThat(streams.failure()).isEmpty();
        }
    }

    /** Event counts of the 1 m windows by metric. */
    private static Map<String, Long> minutes(List<WindowAggregate> windows) {
        Map<String, Long> counts = new HashMap<>();
        windows.stream()
                .filter(one -> Duration.between(one.getWindowStart(), one.getWindowEnd())
                        .equals(Duration.ofMinutes(1)))
                .forEach(one -> counts.merge(one.getMetric(), one.getCount(), Long::sum));
        return counts;
    }

    private static Wrong wrong(RejectReason reason, String message, byte @Nullable [] value) {
        return new Wrong(reason, message, value == null ? null : ByteBuffer.wrap(value), null);
    }

    private MetricEvent gauge(String metric) {
        return Events.gauge(now.minusSeconds(60), metric, 1);
    }

    private MetricEvent at(Instant time) {
        return Events.gauge(time, "good", 1);
    }

    private MetricEvent value(double value) {
        return Events.event(now, "good", MetricKind.OBSERVATION, value, Map.of());
    }

    private MetricEvent labelled(Map<String, String> labels) {
        return Events.event(now, "good", MetricKind.GAUGE, 1, labels);
    }

    /** A batch whose second measurement has this value, the others 1. */
    private MetricBatch batch(int size, double second) {
        List<Measurement> measurements =
                new ArrayList<>(Collections.nCopies(size, Events.measurement(now, "in_batch", 1, Map.of())));
        measurements.set(1, Events.measurement(now, "in_batch", second, Map.of()));
        return new MetricBatch(Events.SERVICE, Map.of(), measurements);
    }

    private HistogramEvent histogram(byte[] bytes) {
        return Events.histogram(now, "good", bytes, null);
    }

    private static byte[] hdr(double ratio, long count) {
        Histogram histogram = new Histogram(1_000_000, 2);
        if (count > 0) {
            histogram.recordValueWithCount(1_000, count);
        }
        return HdrBytes.of(histogram, ratio);
    }
}
