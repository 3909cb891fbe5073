package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PromDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S, 0s",
        "30s, PT30S, 30s",
        "90s, PT90S, 1m30s",
        "1h30m, PT90M, 1h30m",
        "1d, P1D, 1d",
        "2w, P14D, 2w",
        "1y, P365D, 1y",
        "1m500ms, PT60.5S, 1m500ms",
        "36h, PT36H, 1d12h"
    })
    void readAndWrittenAsPrometheusDoes(String text, Duration duration, String written) {
        assertThat(PromDuration.parse(text)).isEqualTo(duration);
        assertThat(PromDuration.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "-5m", "5m ", "1m1h", "1s1s", "1.5h", "99999999999999999999s", "9999999999y"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PromDuration.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
