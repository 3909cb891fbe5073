package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"0s", "10s", "1h30m", "250ms", "2d1ms", "-5s"})
    void writtenFormReadsBack(String text) {
        assertThat(DurationText.format(DurationText.parse(text).orElseThrow())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "10", "s", "1m1h", "1.5s", " 1s", "1s ", "PT1S", "9999999999h"})
    void anythingElseIsRefused(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void unitsAddUp() {
        assertThat(DurationText.parse("90m")).contains(Duration.ofMinutes(90));
        assertThat(DurationText.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
    }
}
