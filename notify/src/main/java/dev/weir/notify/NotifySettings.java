package dev.weir.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom a notifier tells of which alerts, and how often. Defaults are Prometheus'.
 *
 * @param stateTopic the latest transition of every alert, compacted
 * @param aggregatesTopic the windows of the stream, which show how far it has come in event time
 * @param alertmanagers base addresses, {@code https://host:9093/prefix}; {@code /api/v2/alerts} is added
 * @param caFile certificates in PEM form to trust instead of the JVM's own
 * @param resend how often a firing or lately resolved alert is sent again
 * @param timeout most for one request, its answer included
 * @param queueCapacity alerts that wait for one Alertmanager; beyond, the oldest is dropped
 * @param maxDelay a firing alert whose tick lies further behind the wall clock waits until the stream has caught up
 * @param externalLabels added to every alert that has no such label
 * @param generatorUrl where an alert's expression can be looked at; {@code {expression}} stands for it; empty for none
 */
public record NotifySettings(
        String stateTopic,
        String aggregatesTopic,
        List<URI> alertmanagers,
        Credentials credentials,
        Optional<Path> caFile,
        Duration resend,
        Duration timeout,
        int queueCapacity,
        Duration maxDelay,
        SortedMap<String, String> externalLabels,
        String generatorUrl) {
    public static final Duration RESEND = Duration.ofMinutes(1);
    public static final Duration TIMEOUT = Duration.ofSeconds(10);
    public static final int QUEUE_CAPACITY = 10_000;
    public static final Duration MAX_DELAY = Duration.ofMinutes(5);

    /** For so long a resolved alert is sent again, in case an Alertmanager was away. */
    static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

    /** Alerts in one request. */
    static final int BATCH = 256;

    /** @throws IllegalArgumentException naming every faulty setting, one a line */
    public NotifySettings {
        alertmanagers = List.copyOf(alertmanagers);
        externalLabels = Collections.unmodifiableSortedMap(new TreeMap<>(externalLabels));
        List<String> faults = new ArrayList<>();
        if (alertmanagers.isEmpty()) {
            faults.add("alertmanagers is [], must name at least one");
        }
        for (Map.Entry<String, Duration> each : Map.of("resend", resend, "timeout", timeout, "maxDelay", maxDelay)
                .entrySet()) {
            if (each.getValue().isNegative() || each.getValue().isZero()) {
                faults.add(each.getKey() + " is " + each.getValue() + ", must be > 0");
            }
        }
        if (queueCapacity < 1) {
            faults.add("queueCapacity is " + queueCapacity + ", must be >= 1");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }
}
