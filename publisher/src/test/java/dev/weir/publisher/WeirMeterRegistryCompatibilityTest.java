package dev.weir.publisher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.tck.MeterRegistryCompatibilityKit;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Micrometer's own tests of what a registry must do. Kafka is never asked. */
final class WeirMeterRegistryCompatibilityTest extends MeterRegistryCompatibilityKit {
    private static final PublisherSettings UNREACHABLE = PublisherSettings.of(
                    "127.0.0.1:1", "mock://compatibility", "shop")
            .withFlushInterval(Duration.ofMinutes(10));

    private final WeirPublisher publisher = WeirPublisher.start(UNREACHABLE);

    @Override
    public MeterRegistry registry() {
        return new WeirMeterRegistry(publisher, new MockClock());
    }

    /** After which a maximum is forgotten: Micrometer's default. */
    @Override
    public Duration step() {
        return Duration.ofMinutes(2);
    }

    @AfterEach
    void close() {
        publisher.close(Duration.ZERO);
    }
}
