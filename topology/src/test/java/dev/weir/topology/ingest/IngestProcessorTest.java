package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.AvroSerializer;
import dev.weir.serde.RegistryUnavailableException;
import dev.weir.serde.SchemaRegistry;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.testing.clock.ManualClock;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.ReadSeries;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.MetricSettings;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.source.RecordPack;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import dev.weir.topology.time.Watermark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IngestProcessorTest {
    private static final int PARTITIONS = 4;
    private static final long BROKER_MS = Packs.BROKER_MS;
    private static final Instant NOW = Instant.ofEpochMilli(BROKER_MS - 1_000);
    private static final TimeSettings TIME = TimeSettings.DEFAULTS;

    private final ManualClock wall = new ManualClock(Instant.ofEpochMilli(BROKER_MS));
    private final InputPositions positions = new InputPositions();
    private final MemoryStores stores = new MemoryStores();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final Deltas deltas = new Deltas();

    IngestProcessorTest() {
        serializer.configure(TestSettings.SERDE, false);
        stores.clock(IngestClock.STORE);
    }

    @Test
    void nothingIsSentBeforeTheCommit() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        take(ingest, event("m", 1, Map.of()));
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void commitSendsDeltasAndThenTheWatermark() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        take(ingest, event("m", 1, Map.of("a", "1")), event("m", 2, Map.of("a", "1")));
        ingest.beforeCommit();

        List<Object> sent = forwarded();
        assertThat(sent).hasSize(2);
        deltas.add(sent.get(0));
        assertThat(deltas.aggregate("m{service=\"shop\",a=\"1\"}").sum()).isEqualTo(3);
        assertThat(sent.get(1))
                .isEqualTo(new Shuffled.Time(
                        new Watermark(0, PARTITIONS, NOW.toEpochMilli() - 2_000, false, BROKER_MS),
                        new Announcement(7, Announcement.ALWAYS)));
    }

    @Test
    void manyMinutesOfABacklogLeaveBeforeTheCommitAndTheWatermarkBehindThem() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        int events = 2 * Partials.MANY_ENDED;
        Instant first = NOW.minus(Duration.ofMinutes(events));
        for (int i = 0; i < events; i++) {
            take(ingest, event(first.plus(Duration.ofMinutes(i)), "unread", 1));
        }
        List<Object> early = forwarded();
        Shuffled.Time time = (Shuffled.Time) early.get(early.size() - 1);
        long endMs = minute(Instant.ofEpochMilli(time.watermark().timeMs()));
        early.forEach(deltas::add);
        assertThat(deltas.packs())
                .hasSizeGreaterThanOrEqualTo(Partials.MANY_ENDED)
                .allMatch(pack -> Long.parseLong(pack.replace(" windows only", "")) < endMs);
        ingest.beforeCommit();
        List<Object> rest = forwarded();
        assertThat(((Shuffled.Time) rest.get(rest.size() - 1)).watermark().timeMs())
                .isEqualTo(NOW.minusSeconds(60).toEpochMilli() - 2_000);
        rest.forEach(deltas::add);
        assertThat(deltas.aggregate("unread{service=\"shop\"}").count()).isEqualTo(events);
        assertThat(deltas.packs()).doesNotHaveDuplicates();
    }

    @Test
    void deltasAreSentOnce() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        take(ingest, event("m", 1, Map.of()));
        ingest.beforeCommit();
        take(ingest, event("m", 5, Map.of()));
        ingest.beforeCommit();
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.aggregate("m{service=\"shop\"}").sum()).isEqualTo(6);
        assertThat(deltas.aggregate("m{service=\"shop\"}").count()).isEqualTo(2);
    }

    @Test
    void startingAgainDropsWhatIsNotCommitted() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        take(ingest, event("m", 1, Map.of()));
        ingest.start(context());
        ingest.beforeCommit();
        assertThat(forwarded()).singleElement().isInstanceOf(Shuffled.Time.class);
        take(ingest, event("m", 1, Map.of()));
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.aggregate("m{service=\"shop\"}").count()).isOne();
    }

    @Test
    void batchesHistogramsAndEventsOfOneSeriesAddUp() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        Sketch sketch = new Sketch(SketchRange.of("d_seconds", null));
        sketch.record(0.5);
        sketch.record(1.5);
        for (int round = 0; round < 2; round++) {
            take(
                    ingest,
                    new MetricEvent(
                            NOW,
                            "shop",
                            "d_seconds",
                            MetricKind.OBSERVATION,
                            2.0,
                            null,
                            Outcome.HIT,
                            Map.of("a", "1"),
                            "x"),
                    new MetricBatch(
                            "shop",
                            Map.of("a", "1"),
                            List.of(observation(3, Map.of()), observation(4, Map.of("a", "")))),
                    new HistogramEvent(
                            NOW,
                            "shop",
                            "d_seconds",
                            null,
                            Outcome.ERROR,
                            Map.of("a", "1"),
                            ByteBuffer.wrap(sketch.encode()),
                            2.0,
                            null));
        }
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        Aggregate labelled = deltas.aggregate("d_seconds{service=\"shop\",a=\"1\"}");
        assertThat(labelled.count()).isEqualTo(8);
        assertThat(labelled.sum()).isEqualTo(14);
        assertThat(labelled.outcome(Outcome.HIT)).isEqualTo(2);
        assertThat(labelled.outcome(Outcome.ERROR)).isEqualTo(4);
        assertThat(deltas.aggregate("d_seconds{service=\"shop\"}").sum()).isEqualTo(8);
    }

    @Test
    void labelsInAnyOrderAreOneSeries() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        Map<String, String> one = new LinkedHashMap<>();
        one.put("a", "1");
        one.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");
        other.put("c", "");
        for (int i = 0; i < 3; i++) {
            take(ingest, event("m", 1, one), event("m", 1, other));
        }
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.series()).isOne();
        assertThat(deltas.aggregate("m{service=\"shop\",a=\"1\",b=\"2\"}").count())
                .isEqualTo(6);
    }

    @Test
    void identitiesOfABatchMayGrow() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        List<Measurement> measurements = new ArrayList<>();
        for (int length = 1; length <= 256; length *= 2) {
            measurements.add(observation(length, Map.of("a", "x".repeat(length), "b", "y".repeat(length))));
        }
        for (int time = 0; time < 2; time++) {
            take(ingest, new MetricBatch("shop", Map.of(), measurements));
        }
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        for (Measurement one : measurements) {
            Series series = Series.of("d_seconds", "shop", one.getLabels(), MetricKind.OBSERVATION, null);
            assertThat(deltas.aggregate(series.key()).sum()).isEqualTo(2 * one.getValue());
        }
    }

    @Test
    void eventBehindTheWatermarkCountsForItsMinuteOnly() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        take(ingest, event(NOW, "m", 1), event(NOW.minusSeconds(30), "m", 1), event(NOW.minusSeconds(30), "m", 1));
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.packs())
                .containsExactlyInAnyOrder(minute(NOW.minusSeconds(30)) + " windows only", Long.toString(pane(NOW)));
    }

    @Test
    void seriesThatNoRuleReadsTravelsByTheMinute() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        Instant start = Instant.ofEpochMilli(minute(NOW)).minusSeconds(60);
        take(
                ingest,
                event(start, "unread", 1),
                event(start.plusMillis(59_999), "unread", 1),
                event(start.plusSeconds(60), "unread", 1));
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.packs())
                .containsExactly(start.toEpochMilli() + " windows only", minute(NOW) + " windows only");
    }

    @Test
    void eventTooLateIsRejectedInBothWays() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        Instant tooLate = NOW.minus(TIME.lateRetention()).minusSeconds(3);
        take(ingest, event(tooLate, "m", 1), event(NOW, "m", 1), event(tooLate, "m", 1));
        List<Object> sent = forwarded();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isInstanceOfSatisfying(SeriesEvent.class, single -> {
            assertThat(single.original()).isNotNull();
            assertThat(single.source().offset()).isEqualTo(Packs.OFFSET);
        });
        assertThat(sent.get(1)).isInstanceOfSatisfying(RejectedEvent.class, rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectReason.LATE);
            assertThat(rejected.getOffset()).isEqualTo(Packs.OFFSET + 2);
        });
    }

    @Test
    void eventTooLateForItsPartitionAloneIsRejectedAlsoWhenItsSeriesIsKnown() {
        TimeSettings farFuture = new TimeSettings(
                TIME.lateness(), TIME.lateRetention(), Duration.ofHours(3), TIME.idle(), TIME.openHourInterval());
        IngestProcessor ingest = new IngestProcessor(TestSettings.of(PARTITIONS, farFuture, positions, wall));
        ingest.start(context());
        take(ingest, event(NOW.plus(Duration.ofMinutes(150)), "m", 1), event(NOW.minus(Duration.ofHours(22)), "m", 1));
        assertThat(forwarded())
                .singleElement()
                .isInstanceOfSatisfying(
                        RejectedEvent.class, one -> assertThat(one.getReason()).isEqualTo(RejectReason.LATE));
    }

    @Test
    void badMeasurementOfABatchIsRejectedAloneWithItsCoordinates() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        for (int round = 0; round < 2; round++) {
            take(
                    ingest,
                    new MetricBatch(
                            "shop",
                            Map.of(),
                            List.of(
                                    observation(1, Map.of()),
                                    observation(-1, Map.of()),
                                    observation(Double.NaN, Map.of()),
                                    observation(1, Map.of("__a", "1")),
                                    observation(2, Map.of()))));
        }
        List<Object> sent = forwarded();
        assertThat(sent)
                .extracting(one -> ((RejectedEvent) one).getIndex() + " " + ((RejectedEvent) one).getReason())
                .containsExactly(
                        "1 INVALID_VALUE",
                        "2 INVALID_VALUE",
                        "3 INVALID_LABEL",
                        "1 INVALID_VALUE",
                        "2 INVALID_VALUE",
                        "3 INVALID_LABEL");
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.aggregate("d_seconds{service=\"shop\"}").sum()).isEqualTo(6);
    }

    @Test
    void futureEventIsRejectedAlsoWhenItsSeriesIsKnown() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        Instant limit = Instant.ofEpochMilli(BROKER_MS).plus(TIME.maxFuture());
        take(ingest, event(NOW, "m", 1), event(limit, "m", 1), event(limit.plusMillis(1), "m", 1));
        assertThat(forwarded())
                .singleElement()
                .isInstanceOfSatisfying(
                        RejectedEvent.class, one -> assertThat(one.getReason()).isEqualTo(RejectReason.FUTURE));
    }

    @Test
    void unreadableRecordIsRejectedWhole() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        byte[] good = encode(event("m", 1, Map.of()));
        byte[] cut = Arrays.copyOf(good, good.length - 4);
        byte[] unknown = good.clone();
        unknown[1] = 77;
        process(ingest, good, cut, unknown, new byte[] {9}, new byte[0]);
        assertThat(forwarded())
                .extracting(one -> ((RejectedEvent) one).getReason())
                .containsExactly(
                        RejectReason.UNDECODABLE,
                        RejectReason.UNKNOWN_SCHEMA,
                        RejectReason.UNDECODABLE,
                        RejectReason.UNDECODABLE);
    }

    @Test
    void nullValueIsRejected() {
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS);
        RecordPack pack = new RecordPack(List.of(Packs.record(7, -1, new RecordHeaders(), null)));
        ingest.process(new Record<>(new byte[0], pack, 0));
        assertThat(forwarded()).singleElement().isInstanceOfSatisfying(RejectedEvent.class, one -> {
            assertThat(one.getOffset()).isEqualTo(7);
            assertThat(one.getOriginalSize()).isEqualTo(-1);
            assertThat(one.getBrokerTimestamp()).isEqualTo(Instant.EPOCH);
        });
    }

    @Test
    void registryThatCannotBeAskedRejectsNothing() {
        MockProcessorContext<String, Object> context = context();
        IngestSettings settings = new IngestSettings(
                "events",
                PARTITIONS,
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS,
                TIME,
                Duration.ofSeconds(10),
                () -> Optional.of(new ReadSeries(7, one -> !one.metric().equals("unread"))),
                positions,
                wall,
                SchemaRegistry.of(Map.of(
                        "schema.registry.url", "http://127.0.0.1:1", "schema.registry.request.timeout.ms", "100")),
                TestSettings::deserializer);
        IngestProcessor ingest = new IngestProcessor(settings);
        ingest.start(context);
        assertThatThrownBy(() -> take(ingest, event("m", 1, Map.of())))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void eventWithAnIdOfADeduplicatedMetricTravelsAlone() {
        MetricCatalog metrics = new MetricCatalog(List.of(new MetricSettings("m", null, Duration.ofMinutes(10))));
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, metrics);
        for (int round = 0; round < 2; round++) {
            take(ingest, withId("m", "id-1"), withId("m", null), withId("n", "id-2"));
        }
        assertThat(forwarded())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one).isInstanceOfSatisfying(SeriesEvent.class, single -> {
                    assertThat(single.eventId()).isEqualTo("id-1");
                    assertThat(single.original()).isNull();
                }));
        take(ingest, withId("m", "x".repeat(64)), withId("m", "x".repeat(65)));
        assertThat(forwarded())
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        RejectedEvent.class,
                        one -> assertThat(one.getMessage()).endsWith("(65 characters), must have at most 64"));
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.aggregate("m{service=\"shop\"}").count()).isEqualTo(2);
        assertThat(deltas.aggregate("n{service=\"shop\"}").count()).isEqualTo(2);
    }

    @Test
    void partialsAtTheirBoundAreSentBeforeTheCommit() {
        IngestProcessor ingest = start(new SeriesLimits(10, 10, 2), MetricCatalog.DEFAULTS);
        take(ingest, event("m", 1, Map.of("a", "1")), event("m", 1, Map.of("a", "2")));
        assertThat(forwarded()).isEmpty();
        take(ingest, event("m", 1, Map.of("a", "3")));
        forwarded().forEach(deltas::add);
        assertThat(deltas.series()).isEqualTo(2);
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.series()).isEqualTo(3);
    }

    @Test
    void foldedEventsKeepTheTotal() {
        IngestProcessor ingest = start(new SeriesLimits(2, 10, 100), MetricCatalog.DEFAULTS);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                take(ingest, event("m", i, Map.of("a", "" + i)));
            }
        }
        ingest.beforeCommit();
        forwarded().forEach(deltas::add);
        assertThat(deltas.series()).isEqualTo(3);
        assertThat(deltas.aggregate("m{service=\"shop\",__overflow__=\"true\"}").sum())
                .isEqualTo(3 * (2 + 3 + 4));
        assertThat(deltas.aggregate("m{service=\"shop\",a=\"1\"}").sum()).isEqualTo(3);
    }

    @Test
    void configuredRangeIsTheSketchs() {
        SketchRange range = new SketchRange(10, 1_000, 3);
        MetricCatalog metrics = new MetricCatalog(List.of(new MetricSettings("d_seconds", range, null)));
        IngestProcessor ingest = start(SeriesLimits.DEFAULTS, metrics);
        take(ingest, new MetricBatch("shop", Map.of(), List.of(observation(3, Map.of()))));
        ingest.beforeCommit();
        deltas.range = range;
        forwarded().forEach(deltas::add);
        assertThat(Objects.requireNonNull(
                                deltas.aggregate("d_seconds{service=\"shop\"}").sketch())
                        .range())
                .isEqualTo(range);
    }

    private IngestProcessor start(SeriesLimits limits, MetricCatalog metrics) {
        IngestProcessor ingest =
                new IngestProcessor(TestSettings.of(PARTITIONS, TIME, positions, wall, limits, metrics));
        ingest.start(context());
        return ingest;
    }

    @SuppressWarnings("unchecked")
    private MockProcessorContext<String, Object> context() {
        return (MockProcessorContext<String, Object>) (MockProcessorContext<?, ?>) stores.context();
    }

    /** What was forwarded since this was last asked. */
    private List<Object> forwarded() {
        List<Object> values = context().forwarded().stream()
                .<Object>map(one -> one.record().value())
                .toList();
        context().resetForwards();
        return values;
    }

    private void take(IngestProcessor ingest, SpecificRecord... events) {
        byte[][] values = new byte[events.length][];
        for (int i = 0; i < events.length; i++) {
            values[i] = encode(events[i]);
        }
        process(ingest, values);
    }

    private static void process(IngestProcessor ingest, byte[]... values) {
        ingest.process(new Record<>(new byte[0], Packs.of(values), BROKER_MS));
    }

    private byte[] encode(SpecificRecord event) {
        return Objects.requireNonNull(serializer.serialize("events", event));
    }

    private static MetricEvent event(String metric, double value, Map<String, String> labels) {
        return new MetricEvent(NOW, "shop", metric, MetricKind.COUNT, value, null, null, labels, null);
    }

    private static MetricEvent event(Instant time, String metric, double value) {
        return new MetricEvent(time, "shop", metric, MetricKind.COUNT, value, null, null, Map.of(), null);
    }

    private static MetricEvent withId(String metric, @Nullable String id) {
        return new MetricEvent(NOW, "shop", metric, MetricKind.COUNT, 1.0, null, null, Map.of(), id);
    }

    private static Measurement observation(double value, Map<String, String> labels) {
        return new Measurement(NOW, "d_seconds", MetricKind.OBSERVATION, value, null, null, labels, null);
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), 60_000L) * 60_000;
    }

    private static long pane(Instant time) {
        return time.toEpochMilli() / 10_000 * 10_000;
    }
}
