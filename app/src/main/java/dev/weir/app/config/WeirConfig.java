package dev.weir.app.config;

import dev.weir.alerting.incident.IncidentPolicy;
import dev.weir.notify.NotifySettings;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The whole configuration, one record a section; every value is checked. {@link ConfigReader} makes it.
 *
 * @param notifier empty if no Alertmanager is named
 */
public record WeirConfig(
        KafkaSettings kafka,
        SchemaRegistrySettings schemaRegistry,
        TopicSettings topics,
        TimeSettings time,
        EventLimits limits,
        SeriesLimits seriesLimits,
        MetricCatalog metrics,
        RuleSettings rules,
        StoreSettings store,
        HttpSettings http,
        StreamSettings stream,
        Optional<NotifySettings> notifier,
        IncidentPolicy incidents) {

    static WeirConfig read(Settings settings, Path dataHome) {
        TopicSettings topics = TopicSettings.read(new Section(settings, "topics"));
        return new WeirConfig(
                KafkaSettings.read(settings),
                SchemaRegistrySettings.read(settings),
                topics,
                TimeSection.read(new Section(settings, "time")),
                LimitSection.read(new Section(settings, "limits")),
                SeriesLimitSection.read(new Section(settings, "limits")),
                MetricSection.read(settings),
                RuleSettings.read(new Section(settings, "rules")),
                StoreSettings.read(settings),
                HttpSettings.read(new Section(settings, "http")),
                StreamSettings.read(new Section(settings, "stream"), dataHome),
                NotifySection.read(settings, topics),
                IncidentSection.read(settings));
    }
}
