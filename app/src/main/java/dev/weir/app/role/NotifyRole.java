package dev.weir.app.role;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.notify.AlertmanagerStatus;
import dev.weir.notify.Notifier;
import dev.weir.notify.NotifierStatus;
import dev.weir.serve.Health;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The role {@code notify}: alerts to Alertmanagers. Its meters have the names of Prometheus' notifier. */
final class NotifyRole implements Role {
    private final int queueCapacity;
    private final Notifier notifier;

    /** @throws CommandFailedException if no Alertmanager is configured, or its certificates cannot be read */
    NotifyRole(WeirConfig config) {
        var settings = config.notifier()
                .orElseThrow(() -> new CommandFailedException("role notify has nobody to tell, name an Alertmanager in"
                        + " notify.alertmanagers (WEIR_NOTIFY_ALERTMANAGERS)"));
        queueCapacity = settings.queueCapacity();
        try {
            notifier = new Notifier(
                    settings,
                    Map.copyOf(config.kafka().properties()),
                    Map.copyOf(config.schemaRegistry().serdeProperties()),
                    InstantSource.system());
        } catch (IllegalArgumentException unusable) {
            throw new CommandFailedException("role notify cannot start: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public String name() {
        return RoleName.NOTIFY.text();
    }

    @Override
    public void start() {
        notifier.start();
    }

    @Override
    public Health health() {
        NotifierStatus status = notifier.status();
        return findings(status).with("firing", status.firing()).with("held", status.held());
    }

    private static Health findings(NotifierStatus status) {
        String failing = status.alertmanagers().stream()
                .filter(each -> each.failure() != null)
                .map(each -> each.url() + ": " + each.failure())
                .collect(Collectors.joining("; "));
        if (status.state() != NotifierStatus.State.RUNNING) {
            return Health.degraded(status.state() + (status.reason() == null ? "" : ": " + status.reason()));
        }
        return failing.isEmpty() ? Health.healthy() : Health.degraded("Alertmanagers fail: " + failing);
    }

    @Override
    public Optional<String> failure() {
        NotifierStatus status = notifier.status();
        return status.state() == NotifierStatus.State.FAILED
                ? Optional.of(String.valueOf(status.reason()))
                : Optional.empty();
    }

    @Override
    public List<MeterBinder> meters() {
        return List.of(registry -> {
            gauge(
                    registry,
                    "alertmanagers.discovered",
                    "Alertmanagers that are told",
                    status -> status.alertmanagers().size());
            gauge(registry, "queue.capacity", "Alerts that may wait for one Alertmanager", status -> queueCapacity);
            gauge(registry, "alerts.firing", "Alerts that fire", NotifierStatus::firing);
            gauge(
                    registry,
                    "alerts.held",
                    "Firing alerts of the past, not told while the stream catches up",
                    NotifierStatus::held);
            counter(
                    registry,
                    "records.undecodable",
                    "Records of the topic of alerts that were passed over",
                    Tags.empty(),
                    NotifierStatus::undecodable);
            for (int i = 0; i < notifier.status().alertmanagers().size(); i++) {
                bind(registry, i);
            }
        });
    }

    private void bind(MeterRegistry registry, int number) {
        Tags tags = Tags.of("alertmanager", one(notifier.status(), number).url().toString());
        counter(
                registry,
                "sent",
                "Alerts that the Alertmanager has taken",
                tags,
                status -> one(status, number).sent());
        counter(
                registry,
                "errors",
                "Alerts that it refused or did not answer; they are sent again",
                tags,
                status -> one(status, number).errors());
        counter(
                registry,
                "dropped",
                "Alerts that left the full queue unsent",
                tags,
                status -> one(status, number).dropped());
        Gauge.builder(
                        "weir.notifications.queue.length",
                        notifier,
                        from -> one(from.status(), number).queueLength())
                .description("Alerts that wait")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        "weir.notifications.latency",
                        notifier,
                        from -> one(from.status(), number).requests(),
                        from -> (double) one(from.status(), number).latency().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Time of requests, failed ones included")
                .tags(tags)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<NotifierStatus> value) {
        Gauge.builder("weir.notifications." + name, notifier, from -> value.applyAsDouble(from.status()))
                .description(description)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            Tags tags,
            ToDoubleFunction<NotifierStatus> value) {
        FunctionCounter.builder("weir.notifications." + name, notifier, from -> value.applyAsDouble(from.status()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static AlertmanagerStatus one(NotifierStatus status, int number) {
        return status.alertmanagers().get(number);
    }

    @Override
    public void close() {
        notifier.close();
    }
}
