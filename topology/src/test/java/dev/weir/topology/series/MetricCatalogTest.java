package dev.weir.topology.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sketch.SketchRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricCatalogTest {
    private static final SketchRange RANGE = SketchRange.between(0.1, 100, 3);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @Test
    void metricWithoutSettingsHasTheDefaultsOfItsUnit() {
        assertThat(MetricCatalog.DEFAULTS.range("m", "ms")).isEqualTo(SketchRange.of("m", "ms"));
        assertThat(MetricCatalog.DEFAULTS.deduplication("m")).isEmpty();
    }

    @Test
    void settingsAreThoseOfTheExactName() {
        MetricCatalog catalog =
                new MetricCatalog(List.of(new MetricSettings("a", RANGE, null), new MetricSettings("b", null, WINDOW)));
        assertThat(catalog.range("a", "ms")).isEqualTo(RANGE);
        assertThat(catalog.range("a", null)).isEqualTo(RANGE);
        assertThat(catalog.range("ab", "s")).isEqualTo(SketchRange.of("ab", "s"));
        assertThat(catalog.range("b", "s")).isEqualTo(SketchRange.of("b", "s"));
        assertThat(catalog.deduplication("b")).contains(WINDOW);
        assertThat(catalog.deduplication("a")).isEmpty();
    }

    @Test
    void wrongSettingsAreRefused() {
        refused(() -> new MetricSettings("", RANGE, null), "name is empty");
        refused(() -> new MetricSettings("m", null, null), "metric m has no setting");
        refused(() -> new MetricSettings("m", null, Duration.ZERO), "deduplicate is PT0S, must be > 0");
        MetricSettings one = new MetricSettings("m", RANGE, null);
        refused(() -> new MetricCatalog(List.of(one, one)), "metric m is given twice");
    }

    private static void refused(Runnable maker, String message) {
        assertThatThrownBy(maker::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
