package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SinkSettingsTest {
    private static final String URL = "jdbc:postgresql://db:5432/metrics";
    private static final Map<SinkTopic, String> TOPICS = Map.of(SinkTopic.AGGREGATES, "weir.aggregates");

    @Test
    void printedSettingsHideThePassword() {
        SinkSettings settings =
                SinkSettings.of(TOPICS, "group", URL + "?user=u&password=hunter2&ssl=true", "u", "s3cret");
        assertThat(settings.toString())
                .doesNotContain("hunter2", "s3cret")
                .contains("password=***&ssl=true", "user=u", "maxRowsPerBatch=2000");
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        assertThatThrownBy(() -> new SinkSettings(
                        Map.of(SinkTopic.AGGREGATES, " "),
                        List.of(),
                        "",
                        "jdbc:mysql://u?password=hunter2",
                        "",
                        "",
                        0,
                        200_000,
                        Duration.ZERO,
                        Duration.ofNanos(-1),
                        Retention.DEFAULT,
                        Calendar.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        topic AGGREGATES is " ", must not be empty
                        groupId is "", must not be empty
                        user is "", must not be empty
                        jdbcUrl is jdbc:mysql://u?password=***, must begin with jdbc:postgresql:
                        poolSize is 0, must be 1 to 64
                        maxRowsPerBatch is 200000, must be 1 to 100000
                        retryDelay is PT0S, must be > 0
                        retryDelayLimit is PT-0.000000001S, must be >= retryDelay PT0S""");
    }

    @Test
    void boundsThemselvesAreTaken() {
        SinkSettings settings = new SinkSettings(
                TOPICS,
                List.of(),
                "g",
                URL,
                "u",
                "",
                64,
                100_000,
                Duration.ofNanos(1),
                Duration.ofNanos(1),
                Retention.DEFAULT,
                Calendar.UTC);
        assertThat(settings.poolSize()).isEqualTo(64);
    }
}
