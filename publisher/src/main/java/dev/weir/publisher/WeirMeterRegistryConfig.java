package dev.weir.publisher;

import static io.micrometer.core.instrument.config.MeterRegistryConfigValidator.checkAll;
import static io.micrometer.core.instrument.config.MeterRegistryConfigValidator.checkRequired;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getDuration;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getString;

import io.micrometer.core.instrument.config.MeterRegistryConfig;
import io.micrometer.core.instrument.config.validate.Validated;
import java.time.Duration;

/**
 * Settings of a {@link WeirMeterRegistry}, read by {@link #get} as Micrometer's other registries do: {@code weir.bootstrap-servers},
 * {@code weir.schema-registry} and {@code weir.service} suffice; {@code weir.topic-prefix} and {@code weir.step} have defaults.
 */
public interface WeirMeterRegistryConfig extends MeterRegistryConfig {
    @Override
    default String prefix() {
        return "weir";
    }

    /** Kafka's addresses. */
    default String bootstrapServers() {
        return getString(this, "bootstrap-servers").required().get();
    }

    /** URL of the schema registry. */
    default String schemaRegistry() {
        return getString(this, "schema-registry").required().get();
    }

    /** The service that measures. */
    default String service() {
        return getString(this, "service").required().get();
    }

    /** The prefix of Weir's topics. */
    default String topicPrefix() {
        return getString(this, "topic-prefix").orElse("weir");
    }

    /** How often meters are read and sent. */
    default Duration step() {
        return getDuration(this, "step").orElse(Duration.ofSeconds(1));
    }

    @Override
    default Validated<?> validate() {
        return checkAll(
                this,
                checkRequired("bootstrapServers", WeirMeterRegistryConfig::bootstrapServers),
                checkRequired("schemaRegistry", WeirMeterRegistryConfig::schemaRegistry),
                checkRequired("service", WeirMeterRegistryConfig::service));
    }

    /**
     * The same as settings of a publisher.
     *
     * @throws io.micrometer.core.instrument.config.validate.ValidationException if one of the three is missing
     */
    default PublisherSettings publisherSettings() {
        requireValid();
        return PublisherSettings.of(bootstrapServers(), schemaRegistry(), service())
                .withTopicPrefix(topicPrefix())
                .withFlushInterval(step());
    }
}
