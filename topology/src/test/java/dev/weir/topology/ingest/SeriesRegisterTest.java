package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.series.MetricCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SeriesRegisterTest {
    private static final long START_MS = 1_000_000;
    private static final long KEPT_MS = SeriesRegister.KEPT.toMillis();

    private final Offenders offenders = new Offenders();

    @Test
    void findsAnAdmittedSeriesByEachOfItsEncodings() {
        SeriesRegister register = register(10, 10);
        IngestSeries one = admit(register, "m", "s", "1", "first");
        assertThat(admit(register, "m", "s", "1", "second")).isSameAs(one);
        assertThat(find(register, "first")).isSameAs(one);
        assertThat(find(register, "second")).isSameAs(one);
        assertThat(find(register, "third")).isNull();
        assertThat(register.size()).isOne();
    }

    @Test
    void keepsSoManyEncodingsOfASeriesAndNoMore() {
        SeriesRegister register = register(100, 100);
        for (int i = 0; i < 40; i++) {
            admit(register, "m", "s", "1", "encoding-" + i);
        }
        assertThat(register.encodings().size()).isEqualTo(32);
        assertThat(find(register, "encoding-31")).isNotNull();
        assertThat(find(register, "encoding-32")).isNull();
    }

    @Test
    void encodingsInAllAreBounded() {
        SeriesRegister register = register(2, 2);
        for (int i = 0; i < 40; i++) {
            admit(register, "m", "s", "" + i % 2, "encoding-" + i);
        }
        assertThat(register.encodings().size()).isEqualTo(8);
    }

    @Test
    void serviceAtItsBoundFoldsNewLabelSetsOnly() {
        SeriesRegister register = register(2, 10);
        IngestSeries first = admit(register, "m", "s", "1", "1");
        admit(register, "m", "s", "2", "2");
        assertThat(offenders.total()).isZero();
        IngestSeries folded = admit(register, "m", "s", "3", "3");
        assertThat(folded.series().key()).isEqualTo("m{service=\"s\",__overflow__=\"true\"}");
        assertThat(admit(register, "m", "s", "4", "4")).isSameAs(folded);
        assertThat(admit(register, "m", "s", "1", "other order")).isSameAs(first);
        assertThat(admit(register, "m", "t", "1", "5").series().service()).isEqualTo("t");
        assertThat(offenders.total()).isEqualTo(2);
        assertThat(register.size()).isEqualTo(3);
    }

    @Test
    void boundOnAllFoldsIntoAServiceOfItsOwn() {
        SeriesRegister register = register(10, 2);
        admit(register, "m", "s", "1", "1");
        admit(register, "m", "t", "1", "2");
        assertThat(admit(register, "m", "t", "2", "3").series().key())
                .isEqualTo("m{service=\"__overflow__\",__overflow__=\"true\"}");
        assertThat(admit(register, "m", "u", "1", "4").series().key())
                .isEqualTo("m{service=\"__overflow__\",__overflow__=\"true\"}");
        assertThat(offenders.top(1)).extracting(one -> one.offender().service()).containsExactly("t");
    }

    @Test
    void foldedSeriesKeepsKindAndUnit() {
        SeriesRegister register = register(1, 10);
        admit(register, "m", "s", "1", "1");
        Series seconds = Series.of("m", "s", Map.of("a", "2"), MetricKind.OBSERVATION, "s");
        Series millis = Series.of("m", "s", Map.of("a", "2"), MetricKind.OBSERVATION, "ms");
        IngestSeries folded = register.admit(seconds, START_MS);
        assertThat(folded.series().kind()).isEqualTo(MetricKind.OBSERVATION);
        assertThat(folded.series().unit()).isEqualTo("s");
        assertThat(register.admit(millis, START_MS)).isNotSameAs(folded);
    }

    @Test
    void foldedEncodingsAreNotKept() {
        SeriesRegister register = register(1, 10);
        admit(register, "m", "s", "1", "1");
        admit(register, "m", "s", "2", "2");
        assertThat(find(register, "2")).isNull();
        assertThat(register.encodings().size()).isOne();
    }

    @Test
    void overflowSeriesAreBoundedToo() {
        SeriesRegister register = register(1, 10);
        admit(register, "m", "s", "1", "1");
        for (int i = 0; i < SeriesRegister.MOST_OVERFLOW; i++) {
            assertThat(admit(register, "m" + i, "s", "1", "1").series().metric())
                    .isEqualTo("m" + i);
        }
        assertThat(admit(register, "another", "s", "1", "1").series().key())
                .isEqualTo("__overflow__{service=\"s\",__overflow__=\"true\"}");
        assertThat(admit(register, "m7", "s", "1", "1").series().metric()).isEqualTo("m7");
    }

    @Test
    void seriesWithoutEventsIsForgottenAndMakesRoom() {
        SeriesRegister register = register(1, 10);
        admit(register, "m", "s", "1", "1");
        register.sweep(START_MS + KEPT_MS);
        assertThat(find(register, "1")).isNotNull();
        register.sweep(START_MS + KEPT_MS + 1);
        assertThat(find(register, "1")).as("swept a moment ago").isNotNull();
        register.sweep(START_MS + KEPT_MS + SeriesRegister.SWEEP.toMillis());
        assertThat(find(register, "1")).isNull();
        assertThat(register.size()).isZero();
        assertThat(register.encodings().size()).isZero();
        assertThat(admit(register, "m", "s", "2", "2").series().labels()).containsEntry("a", "2");
    }

    @Test
    void seriesWithEventsStays() {
        SeriesRegister register = register(10, 10);
        IngestSeries active = admit(register, "m", "s", "1", "1");
        admit(register, "m", "s", "2", "2");
        active.seen(START_MS + KEPT_MS);
        register.sweep(START_MS + 2 * KEPT_MS);
        assertThat(find(register, "1")).isSameAs(active);
        assertThat(find(register, "2")).isNull();
    }

    @Test
    void offendersAreThoseWithMostFoldedEvents() {
        for (int i = 0; i < 50; i++) {
            for (int times = 0; times <= i; times++) {
                offenders.add("s", "m" + i);
            }
        }
        assertThat(offenders.top(2))
                .containsExactly(
                        new Offenders.Folded(new Offenders.Offender("s", "m49"), 50),
                        new Offenders.Folded(new Offenders.Offender("s", "m48"), 49));
        for (int i = 0; i < 1_000; i++) {
            offenders.add("s", "once" + i);
        }
        assertThat(offenders.top(1_000)).hasSize(Offenders.MOST);
        assertThat(offenders.top(1).get(0).offender().metric()).isEqualTo("m49");
        assertThat(offenders.total()).isEqualTo(50 * 51 / 2 + 1_000);
    }

    private SeriesRegister register(int perService, int total) {
        return new SeriesRegister(
                new SeriesLimits(perService, total, 10),
                MetricCatalog.DEFAULTS,
                series -> true,
                4,
                offenders,
                START_MS);
    }

    private static IngestSeries admit(
            SeriesRegister register, String metric, String service, String label, String encoding) {
        Series series = Series.of(metric, service, Map.of("a", label), MetricKind.COUNT, null);
        byte[] bytes = encoding.getBytes(StandardCharsets.UTF_8);
        return register.admit(series, bytes, bytes.length, START_MS);
    }

    private static @Nullable IngestSeries find(SeriesRegister register, String encoding) {
        byte[] bytes = encoding.getBytes(StandardCharsets.UTF_8);
        Encoding found = register.encodings().find(bytes, bytes.length);
        return found == null ? null : found.series();
    }
}
