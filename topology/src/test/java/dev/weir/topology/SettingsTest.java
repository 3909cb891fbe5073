package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private static final Map<String, Object> STREAMS =
            Map.of("bootstrap.servers", "h:1", "application.id", "weir", "state.dir", "d");

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap.servers", "application.id", "state.dir"})
    void streamsConfigurationMustSayWhereAndWho(String key) {
        Map<String, Object> streams = new HashMap<>(STREAMS);
        streams.remove(key);
        assertThatThrownBy(() -> settings(streams))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + " is missing, must be set (Kafka Streams configuration)");
    }

    @Test
    void configurationWinsOverWeirsDefaults() {
        assertThat(StreamsDefaults.with(STREAMS)).containsEntry("processing.guarantee", "exactly_once_v2");
        assertThat(StreamsDefaults.with(Map.of("num.stream.threads", 7))).containsEntry("num.stream.threads", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b"})
    void topicPrefixIsWhatKafkaAllows(String prefix) {
        assertThatThrownBy(() -> new Topics(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix is '" + prefix + "', must be 1 to 100 of [a-zA-Z0-9._-] (topics.prefix)");
    }

    @Test
    void topicPrefixIsBounded() {
        assertThatCode(() -> new Topics("p".repeat(100))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Topics("p".repeat(101))).hasMessageEndingWith("(topics.prefix)");
    }

    @Test
    void topicsCarryThePrefix() {
        Topics topics = new Topics("weir");
        assertThat(topics.events()).isEqualTo("weir.events");
        assertThat(topics.aggregates()).isEqualTo("weir.aggregates");
        assertThat(topics.alerts()).isEqualTo("weir.alerts");
        assertThat(topics.alertStates()).isEqualTo("weir.alerts.state");
        assertThat(topics.rejected()).isEqualTo("weir.rejected");
    }

    private static PipelineSettings settings(Map<String, Object> streams) {
        return new PipelineSettings(
                new Topics("weir"),
                TimeSettings.DEFAULTS,
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS,
                EvaluatorSettings.DEFAULTS,
                Map.of(),
                streams);
    }
}
