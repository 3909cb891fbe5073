package dev.weir.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    @Test
    void keyIsReadableAndSortedByLabelName() {
        Series series = Series.of("requests_total", "shop", Map.of("b", "2", "a", "1"), MetricKind.COUNT, null);
        assertThat(series.key()).isEqualTo("requests_total{service=\"shop\",a=\"1\",b=\"2\"}");
    }

    @Test
    void hostileLabelValuesCannotForgeAnotherKey() {
        Series one = Series.of("m", "s", Map.of("a", "x\",b=\"y"), MetricKind.COUNT, null);
        Series two = Series.of("m", "s", Map.of("a", "x", "b", "y"), MetricKind.COUNT, null);
        assertThat(one.key()).isEqualTo("m{service=\"s\",a=\"x\\\",b=\\\"y\"}").isNotEqualTo(two.key());
    }

    @Test
    void emptyLabelIsNoLabel() {
        assertThat(Series.of("m", "s", Map.of("a", ""), MetricKind.COUNT, null).labels())
                .isEmpty();
    }

    @Test
    void serviceAsALabelIsRefused() {
        assertThatThrownBy(() -> Series.of("m", "s", Map.of("service", "t"), MetricKind.COUNT, null))
                .hasMessage("label service is set, must be the field service (m)");
    }
}
