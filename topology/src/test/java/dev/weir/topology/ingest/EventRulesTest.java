package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.rejected.RejectReason;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventRulesTest {
    private static final int NAME = 10;
    private static final long FUTURE_MS = 60_000;
    private static final long BROKER_MS = 1_700_000_000_000L;

    private final EventRules rules = new EventRules(new EventLimits(2, NAME, 5, 100, 10, 100), FUTURE_MS);

    @Test
    void seriesHoldsWhatTheEventSays() throws InvalidEventException {
        Series series = rules.series("a:b_1", "my shop!", Map.of("z", "1", "a", ""), MetricKind.GAUGE, "By");

        assertThat(series.key()).isEqualTo("a:b_1{service=\"my shop!\",z=\"1\"}");
        assertThat(series.kind()).isEqualTo(MetricKind.GAUGE);
        assertThat(series.unit()).isEqualTo("By");
    }

    @Test
    void namesMayBeAsLongAsTheLimit() {
        String longest = "m".repeat(NAME);
        assertThatCode(() -> series(longest, longest, Map.of(longest, "v".repeat(5))))
                .doesNotThrowAnyException();
    }

    @Test
    void namesBeyondTheLimitAreRejected() {
        rejects(
                () -> series("m".repeat(11), "s", Map.of()),
                RejectReason.INVALID_NAME,
                "metric is 'mmmmmmmmmmm' (11 characters), must have 1 to 10");
        rejects(
                () -> series("m", "s".repeat(11), Map.of()),
                RejectReason.INVALID_NAME,
                "service is 'sssssssssss' (11 characters), must have 1 to 10");
        rejects(
                () -> series("m", "s", Map.of("l".repeat(11), "")),
                RejectReason.INVALID_LABEL,
                "label name is 'lllllllllll' (11 characters), must have 1 to 10");
    }

    @Test
    void emptyNamesAreRejected() {
        rejects(
                () -> series("", "s", Map.of()),
                RejectReason.INVALID_NAME,
                "metric is empty, must have 1 to 10 characters");
        rejects(
                () -> series("m", " ", Map.of()),
                RejectReason.INVALID_NAME,
                "service is empty, must have 1 to 10 characters");
        rejects(
                () -> series("m", "s", Map.of("", "v")),
                RejectReason.INVALID_LABEL,
                "label name is empty, must match [a-zA-Z_][a-zA-Z0-9_]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a b", "é", "a\n", "a.b"})
    void metricOutsidePrometheusAlphabetIsRejected(String metric) {
        assertThatThrownBy(() -> series(metric, "s", Map.of()))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.INVALID_NAME));
    }

    @Test
    void controlCharactersAreRejectedAndNotShown() {
        rejects(
                () -> series("m", "a\u0000b", Map.of()),
                RejectReason.INVALID_NAME,
                "service is 'a�b', must have no control characters");
    }

    @Test
    void longTextIsShownInPart() {
        rejects(
                () -> series("m".repeat(200), "s", Map.of()),
                RejectReason.INVALID_NAME,
                "metric is '" + "m".repeat(64) + "…' (200 characters), must have 1 to 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a:b", "__name__", "__x", "é"})
    void labelNameOutsidePrometheusAlphabetIsRejected(String name) {
        rejects(
                () -> series("m", "s", Map.of(name, "v")),
                RejectReason.INVALID_LABEL,
                "label name is '" + name + "', must match [a-zA-Z_][a-zA-Z0-9_]* and not start with __");
    }

    @Test
    void labelsOfWeirItselfAreRejected() {
        for (String name : new String[] {"service", "outcome"}) {
            rejects(
                    () -> series("m", "s", Map.of(name, "v")),
                    RejectReason.INVALID_LABEL,
                    "label name is " + name + ", which is Weir's own for kind GAUGE");
        }
        for (String name : new String[] {"le", "quantile"}) {
            for (MetricKind kind : new MetricKind[] {MetricKind.COUNT, MetricKind.OBSERVATION}) {
                rejects(
                        () -> rules.series("m", "s", Map.of(name, "v"), kind, null),
                        RejectReason.INVALID_LABEL,
                        "label name is " + name + ", which is Weir's own for kind " + kind);
            }
            assertThatCode(() -> rules.series("m", "s", Map.of(name, "v"), MetricKind.CUMULATIVE, null))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void labelsMayBeAsManyAsTheLimit() {
        Map<String, String> labels = new TreeMap<>(Map.of("a", "1", "b", "2"));
        assertThatCode(() -> series("m", "s", labels)).doesNotThrowAnyException();
        labels.put("c", "3");
        rejects(() -> series("m", "s", labels), RejectReason.TOO_MANY_LABELS, "labels are 3, must be at most 2");
    }

    @Test
    void labelValueIsBoundedAndHoldsNoNul() {
        rejects(
                () -> series("m", "s", Map.of("a", "v".repeat(6))),
                RejectReason.INVALID_LABEL,
                "label a has 6 characters, must have at most 5");
        rejects(
                () -> series("m", "s", Map.of("a", "x\u0000")),
                RejectReason.INVALID_LABEL,
                "label a holds the character NUL, which no table can store");
        assertThatCode(() -> series("m", "s", Map.of("a", "\n\"\\é"))).doesNotThrowAnyException();
    }

    @Test
    void unitIsBounded() {
        assertThatCode(() -> unit("u".repeat(32))).doesNotThrowAnyException();
        assertThatCode(() -> unit(null)).doesNotThrowAnyException();
        rejects(
                () -> unit("u".repeat(33)),
                RejectReason.INVALID_NAME,
                "unit is '" + "u".repeat(33) + "', must have at most 32 characters and no control characters");
        rejects(
                () -> unit("\t"),
                RejectReason.INVALID_NAME,
                "unit is '�', must have at most 32 characters and no control characters");
    }

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void valueMustBeFinite(MetricKind kind) {
        String rest = kind == MetricKind.GAUGE ? "" : " and >= 0";
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            rejects(
                    () -> rules.checkValue(value, kind),
                    RejectReason.INVALID_VALUE,
                    "value is " + value + ", must be finite" + rest + " (kind " + kind + ")");
        }
        for (double value : new double[] {0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE}) {
            assertThatCode(() -> rules.checkValue(value, kind)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void onlyGaugesMayBeNegative(MetricKind kind) {
        ThrowingCallable check = () -> rules.checkValue(-Double.MIN_VALUE, kind);
        if (kind == MetricKind.GAUGE) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            rejects(
                    check,
                    RejectReason.INVALID_VALUE,
                    "value is -4.9E-324, must be finite and >= 0 (kind " + kind + ")");
        }
    }

    @Test
    void eventMayBeAsFarAheadOfTheBrokerAsTheLimit() {
        assertThatCode(() -> rules.checkTime(BROKER_MS + FUTURE_MS, BROKER_MS)).doesNotThrowAnyException();
        rejects(
                () -> rules.checkTime(BROKER_MS + FUTURE_MS + 1, BROKER_MS),
                RejectReason.FUTURE,
                "timestamp is 2023-11-14T22:14:20.001Z, must be at most 60000 ms after the broker's"
                        + " 2023-11-14T22:13:20Z (time.max-future)");
        rejects(
                () -> rules.checkTime(Long.MAX_VALUE, 0),
                RejectReason.FUTURE,
                "timestamp is +292278994-08-17T07:12:55.807Z, must be at most 60000 ms after the broker's"
                        + " 1970-01-01T00:00:00Z (time.max-future)");
    }

    @Test
    void timeBeforeTheEpochIsRejected() {
        assertThatCode(() -> rules.checkTime(0, BROKER_MS)).doesNotThrowAnyException();
        rejects(
                () -> rules.checkTime(-1, BROKER_MS),
                RejectReason.INVALID_VALUE,
                "timestamp is -1, must be >= 0 (ms since 1970-01-01T00:00:00Z)");
        assertThatThrownBy(() -> rules.checkTime(Long.MIN_VALUE, BROKER_MS)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void histogramIsBounded() {
        Sketch sketch = new Sketch(new SketchRange(1e6, 3_600_000_000L, 2));
        rejects(
                () -> rules.checkHistogram(ByteBuffer.wrap(sketch.encode())),
                RejectReason.INVALID_VALUE,
                "histogram is empty, must hold at least one observation");
        sketch.recordTicks(5, 10_000_000_000L);
        assertThatCode(() -> rules.checkHistogram(ByteBuffer.wrap(sketch.encode())))
                .doesNotThrowAnyException();
        sketch.recordTicks(5, 1);
        rejects(
                () -> rules.checkHistogram(ByteBuffer.wrap(sketch.encode())),
                RejectReason.INVALID_VALUE,
                "histogram has 10000000001 observations, must have at most 10000000000");
    }

    @Test
    void histogramWhoseSumIsNoNumberIsRejected() {
        Sketch sketch = new Sketch(new SketchRange(1e-300, 1L << 40, 2));
        sketch.recordTicks(1L << 39, 1);
        rejects(
                () -> rules.checkHistogram(ByteBuffer.wrap(sketch.encode())),
                RejectReason.INVALID_VALUE,
                "histogram holds observations whose sum is Infinity, must be finite");
    }

    @Test
    void damagedHistogramIsRejectedAndThrowsNothingElse() {
        long seed = 4711;
        Random random = new Random(seed);
        Sketch sketch = new Sketch(new SketchRange(1e6, 3_600_000_000L, 2));
        for (int i = 0; i < 50; i++) {
            sketch.recordTicks(random.nextInt(1_000_000), 1 + random.nextInt(5));
        }
        byte[] whole = sketch.encode();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            ByteBuffer bytes = ByteBuffer.wrap(damaged, 0, random.nextInt(damaged.length + 1));
            try {
                rules.checkHistogram(bytes);
            } catch (InvalidEventException e) {
                assertThat(e.reason()).as("seed " + seed).isEqualTo(RejectReason.INVALID_VALUE);
            }
        }
    }

    private void series(String metric, String service, Map<String, String> labels) throws InvalidEventException {
        rules.series(metric, service, labels, MetricKind.GAUGE, null);
    }

    private void unit(@Nullable String unit) throws InvalidEventException {
        rules.series("m", "s", Map.of(), MetricKind.GAUGE, unit);
    }

    private static void rejects(ThrowingCallable check, RejectReason reason, String message) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }
}
