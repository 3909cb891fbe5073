package dev.weir.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NotifyRoleTest {
    @Test
    void metersHaveTheNamesOfPrometheusNotifier() {
        NotifyRole role =
                new NotifyRole(config(Map.of("notify.alertmanagers", "http://127.0.0.1:1,http://127.0.0.1:2")));
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            role.meters().forEach(meters -> meters.bindTo(metrics));
            assertThat(metrics.scrape().lines().filter(line -> !line.startsWith("#")))
                    .contains(
                            "weir_notifications_sent_total{alertmanager=\"http://127.0.0.1:1\"} 0.0",
                            "weir_notifications_sent_total{alertmanager=\"http://127.0.0.1:2\"} 0.0",
                            "weir_notifications_errors_total{alertmanager=\"http://127.0.0.1:1\"} 0.0",
                            "weir_notifications_dropped_total{alertmanager=\"http://127.0.0.1:1\"} 0.0",
                            "weir_notifications_queue_length{alertmanager=\"http://127.0.0.1:1\"} 0.0",
                            "weir_notifications_latency_seconds_count{alertmanager=\"http://127.0.0.1:1\"} 0",
                            "weir_notifications_queue_capacity 10000.0",
                            "weir_notifications_alertmanagers_discovered 2.0",
                            "weir_notifications_alerts_held 0.0");
        } finally {
            metrics.close();
            role.close();
        }
    }

    @Test
    void roleWithNobodyToTellSaysWhatToSet() {
        assertThatThrownBy(() -> new NotifyRole(config(Map.of())))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("role notify has nobody to tell, name an Alertmanager in notify.alertmanagers"
                        + " (WEIR_NOTIFY_ALERTMANAGERS)");
    }

    @Test
    void certificatesThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> new NotifyRole(
                        config(Map.of("notify.alertmanagers", "https://127.0.0.1:1", "notify.ca-file", "/no/ca.pem"))))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("role notify cannot start: caFile is /no/ca.pem, which cannot be read");
    }

    private static WeirConfig config(Map<String, String> settings) {
        return new ConfigReader(Map.of()).read(Optional.empty(), settings).config();
    }
}
