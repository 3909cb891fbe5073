package dev.weir.topology.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SliceKeyTest {
    private static final Serde<SliceKey> KEYS = new SliceKey.StoreSerde();
    private static final Serde<SeriesAggregate> VALUES = new SeriesAggregate.StoreSerde();

    @Test
    void isReadAsItWasWritten() {
        Series series = Series.of("m", "é\n😀", Map.of("a", "\"\\"), MetricKind.GAUGE, "s");
        SliceKey key = SliceKey.of(60_000, series).within("ü.yml/group");
        assertThat(KEYS.deserializer().deserialize("", bytes(key))).isEqualTo(key);
        assertThat(key.part()).isEqualTo("ü.yml/group");
    }

    @Test
    void bytesSortByStart() {
        List<SliceKey> ascending = List.of(
                SliceKey.from(0),
                new SliceKey(0, "z"),
                SliceKey.from(1),
                new SliceKey(127, "a"),
                new SliceKey(128, "a"),
                new SliceKey(128, "b"),
                new SliceKey(1L << 40, ""),
                new SliceKey(Long.MAX_VALUE, ""));
        for (int i = 1; i < ascending.size(); i++) {
            assertThat(Arrays.compareUnsigned(bytes(ascending.get(i - 1)), bytes(ascending.get(i))))
                    .as("%s before %s", ascending.get(i - 1), ascending.get(i))
                    .isNegative();
        }
    }

    @Test
    void kindAndUnitKeepSeriesApart() {
        assertThat(List.of(
                        key(MetricKind.COUNT, null),
                        key(MetricKind.COUNT, ""),
                        key(MetricKind.COUNT, "s"),
                        key(MetricKind.GAUGE, "s")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aggregateIsReadAsItWasWritten() {
        Series series = Series.of("m_seconds", "s", Map.of("a", "b"), MetricKind.OBSERVATION, null);
        SeriesAggregate written = SeriesAggregate.empty(series).revised().revised();
        written.aggregate().record(1, 0.3, Outcome.HIT);
        SeriesAggregate read =
                VALUES.deserializer().deserialize("", VALUES.serializer().serialize("", written));

        assertThat(read.series()).isEqualTo(series);
        assertThat(read.revision()).isEqualTo(2);
        assertThat(read.aggregate().encode()).isEqualTo(written.aggregate().encode());
    }

    @Test
    void aggregateCutShortIsRefused() {
        Series series = Series.of("m", "s", Map.of(), MetricKind.COUNT, null);
        byte[] bytes = VALUES.serializer().serialize("", SeriesAggregate.empty(series));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> VALUES.deserializer().deserialize("", cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(aggregate is malformed|series aggregate of \\d+ bytes is cut short).*");
        }
    }

    private static SliceKey key(MetricKind kind, @Nullable String unit) {
        return SliceKey.of(0, Series.of("m", "s", Map.of(), kind, unit));
    }

    private static byte[] bytes(SliceKey key) {
        return KEYS.serializer().serialize("", key);
    }
}
