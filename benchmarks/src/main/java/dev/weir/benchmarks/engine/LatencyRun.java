package dev.weir.benchmarks.engine;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertTransition;
import dev.weir.benchmarks.engine.child.ChildProcess;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.workload.EventRecords;
import dev.weir.benchmarks.engine.workload.Preload;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import dev.weir.serde.AvroDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How late answers come under live traffic: from the end of a 1 m window to its record being readable, and from a tick to the
 * alert's record, both read committed. Lateness (2 s) is part of both. 1,000 series for 4 minutes, of which the first warms
 * up and does not count; one rule flaps. One thread reads, another sends each event when its time has come.
 */
final class LatencyRun {
    private static final String HEAP = "2g";
    private static final int SERIES = 1_000;
    private static final int MINUTES = 4;
    private static final long MINUTE_MS = 60_000;
    private static final long SETTLE_MS = 10_000;
    private static final Duration POLL = Duration.ofMillis(20);
    /** True at about every other tick: 4 of 48 series are all errors, of the others' events 1 of 40. */
    private static final String FLAPPING = """
            groups:
              - name: flapping
                interval: 10s
                rules:
                  - alert: Flapping
                    expr: |
                      sum by (instance) (rate(http_server_request_duration_seconds_count{outcome="ERROR"}[10s]))
                        / sum by (instance) (rate(http_server_request_duration_seconds_count[10s])) > 0.1063
            """;

    private final Bench bench;
    private final WorkloadSpec spec;
    private final int rate;
    private final List<Long> windowLatencies = new ArrayList<>();
    private final List<Long> alertLatencies = new ArrayList<>();

    LatencyRun(Bench bench, int rate) {
        this.bench = bench;
        int intervalMs = Math.max(1, SERIES * 1_000 / rate);
        while (MINUTE_MS % intervalMs != 0) {
            intervalMs++;
        }
        this.rate = SERIES * 1_000 / intervalMs;
        long now = System.currentTimeMillis();
        long startMs = now - Math.floorMod(now, MINUTE_MS) + MINUTE_MS;
        int ticks = (int) (MINUTES * MINUTE_MS / intervalMs);
        spec = new WorkloadSpec("latency", SERIES, false, ticks, intervalMs, startMs);
    }

    /** A JSON line with milliseconds. */
    @SuppressWarnings("try") // Weir runs, nothing is asked of it
    String run() throws Exception {
        PassSettings settings = withFlappingRule(bench.settings(spec.name(), spec.events(), spec.records(), 0));
        try (BenchmarkTopics topics = new BenchmarkTopics(bench.bootstrapServers())) {
            topics.create(spec.name());
            try (ChildProcess weir = bench.startLive(settings, HEAP)) {
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> Preload.send(
                        settings.topic(),
                        bench.bootstrapServers(),
                        settings.registry(),
                        sink -> new EventRecords(spec).forEachOpen(paced(sink))));
                read(settings, sending);
            }
        }
        return String.format(
                Locale.ROOT,
                "{\"events_per_s\":%d,\"windows\":%d,\"window_ms_p50\":%d,\"window_ms_p99\":%d,"
                        + "\"alerts\":%d,\"alert_ms_p50\":%d,\"alert_ms_p99\":%d}",
                rate,
                windowLatencies.size(),
                percentile(windowLatencies, 50),
                percentile(windowLatencies, 99),
                alertLatencies.size(),
                percentile(alertLatencies, 50),
                percentile(alertLatencies, 99));
    }

    private PassSettings withFlappingRule(PassSettings plain) throws IOException {
        Path rules = Files.createDirectories(bench.directory().resolve("rules"));
        try (var packs = Files.newDirectoryStream(plain.rules(), "*.yml")) {
            for (Path pack : packs) {
                Files.copy(pack, rules.resolve(pack.getFileName()));
            }
        }
        Files.writeString(rules.resolve("flapping.yml"), FLAPPING);
        return new PassSettings(
                plain.bootstrapServers(),
                plain.registryUrl(),
                plain.prefix(),
                plain.events(),
                plain.records(),
                plain.windows(),
                plain.directory(),
                rules);
    }

    /** Holds each tick of an instance back until its last event has happened. */
    private EventRecords.Sink paced(EventRecords.Sink sink) {
        return (partition, key, value) -> {
            if (value instanceof dev.weir.events.MetricEvent event) {
                sleepUntil(event.getTimestamp().toEpochMilli());
            }
            sink.accept(partition, key, value);
        };
    }

    private static void sleepUntil(long timeMs) {
        long pauseMs = timeMs - System.currentTimeMillis();
        if (pauseMs > 0) {
            try {
                Thread.sleep(pauseMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while sending", e);
            }
        }
    }

    private void read(PassSettings settings, CompletableFuture<Void> sending) {
        Map<String, Object> serde = new HashMap<>(settings.registry());
        serde.put("specific.avro.reader", true);
        AvroDeserializer<SpecificRecord> values = new AvroDeserializer<>();
        values.configure(serde, false);
        long endMs = spec.timestampMs(0, spec.ticks()) + SETTLE_MS;
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> outputs = new ArrayList<>();
            for (int partition = 0; partition < WorkloadSpec.PARTITIONS; partition++) {
                outputs.add(new TopicPartition(settings.prefix() + ".aggregates", partition));
                outputs.add(new TopicPartition(settings.prefix() + ".alerts", partition));
            }
            consumer.assign(outputs);
            consumer.seekToBeginning(outputs);
            while (System.currentTimeMillis() < endMs && !sending.isCompletedExceptionally()) {
                consumer.poll(POLL).forEach(next -> {
                    long nowMs = System.currentTimeMillis();
                    SpecificRecord value = values.deserialize(next.topic(), next.value());
                    if (value instanceof WindowAggregate window) {
                        if (window.getFinal$()) {
                            note(window.getWindowEnd(), nowMs, windowLatencies);
                        }
                    } else if (value instanceof AlertTransition alert) {
                        note(alert.getEvaluatedAt(), nowMs, alertLatencies);
                    }
                });
            }
        }
        sending.join();
    }

    private void note(Instant of, long nowMs, List<Long> latencies) {
        if (of.toEpochMilli() > spec.startMs() + MINUTE_MS) {
            latencies.add(nowMs - of.toEpochMilli());
        }
    }

    /** By nearest rank; 0 where there is nothing. */
    private static long percentile(List<Long> values, int percent) {
        if (values.isEmpty()) {
            return 0;
        }
        Collections.sort(values);
        return values.get((int) Math.ceil(values.size() * percent / 100.0) - 1);
    }
}
