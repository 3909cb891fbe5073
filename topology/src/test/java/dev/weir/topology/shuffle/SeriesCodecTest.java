package dev.weir.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SeriesCodecTest {
    private static final String HOSTILE = "'; DROP\0\n\u202e\ud83d\ude00" + "x".repeat(300);

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void seriesAreReadAsTheyWereWritten(MetricKind kind) {
        Series bare = Series.of("m", "", Map.of(), kind, null);
        assertThat(SeriesCodec.decode(SeriesCodec.encode(bare))).isEqualTo(bare);
        Series full = Series.of("m_total", HOSTILE, Map.of("a", HOSTILE, "b", "1"), kind, "ms");
        assertThat(SeriesCodec.decode(SeriesCodec.encode(full))).isEqualTo(full);
    }

    @Test
    void orderOfLabelsDoesNotMatter() {
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("b", "2");
        backwards.put("a", "1");
        assertThat(SeriesCodec.encode(Series.of("m", "s", backwards, MetricKind.COUNT, null)))
                .isEqualTo(SeriesCodec.encode(Series.of("m", "s", Map.of("a", "1", "b", "2"), MetricKind.COUNT, null)));
    }

    @Test
    void bytesOfNoSeriesAreRefused() {
        byte[] whole = SeriesCodec.encode(Series.of("m", "s", Map.of("a", "1"), MetricKind.GAUGE, "By"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> SeriesCodec.decode(cut));
        }
        int kindAt = 4;
        whole[kindAt] = 4;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesCodec.decode(whole))
                .withMessage("kind is 4, must be 0 to 3 (series in an internal topic)");
    }
}
