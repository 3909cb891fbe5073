package dev.weir.topology.crash;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroSerializer;
import dev.weir.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events of some zones that make {@link #RULES} raise, keep and end alerts: each zone is well, unwell or silent for half a
 * minute to three minutes at a time, by its seed. In order of time in every partition, so that none is late. One thread.
 */
final class AlertFlood implements AutoCloseable {
    static final String RULES = """
            groups:
              - name: records
                rules:
                  - record: zone:depth:avg1m
                    expr: avg_over_time(depth[1m])
                  - record: zone:errors:ratio
                    expr: sum by (zone) (rate(errors_total[1m])) / sum by (zone) (rate(requests_total[1m]))
              - name: alerts
                rules:
                  - alert: Deep
                    expr: depth > 5
                    for: 20s
                    annotations:
                      summary: "{{ $labels.zone }} is at {{ $value }}"
                  - alert: DeepOnAverage
                    expr: zone:depth:avg1m > 4
                    for: 10s
                    keep_firing_for: 30s
                  - alert: Failing
                    expr: zone:errors:ratio > 0.3
                    labels:
                      severity: critical
              - name: silence
                rules:
                  - alert: Vanished
                    expr: absent(zone:errors:ratio{zone="0"})
              - name: totals
                interval: 30s
                rules:
                  - record: depth:sum
                    expr: sum(zone:depth:avg1m)
                  - alert: AllDeep
                    expr: depth:sum > 45
                    for: 30s
            """;

    /** How much later than all others the events are that close everything. */
    static final Duration CLOSING = Duration.ofMinutes(20);

    private static final int ZONES = 12;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int LEAST_BLOCK = 6;
    private static final int BLOCKS = 30;

    /** One zone, and how it fares. */
    private static final class Zone {
        private final SplittableRandom random;
        private int left;
        private int mood;

        private Zone(SplittableRandom random) {
            this.random = random;
        }

        private int step() {
            if (left-- == 0) {
                left = LEAST_BLOCK + random.nextInt(BLOCKS);
                mood = random.nextInt(5);
            }
            return mood;
        }
    }

    private final String topic;
    private final int partitions;
    private final AvroSerializer<MetricEvent> serializer = new AvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Zone> zones = new ArrayList<>();
    private final List<MetricEvent> sent = new ArrayList<>();
    private final List<Future<RecordMetadata>> waiting = new ArrayList<>();
    private Instant time;

    AlertFlood(Machine machine, Topics topics, int partitions, long seed, Instant start) {
        this.topic = topics.events();
        this.partitions = partitions;
        this.time = start;
        serializer.configure(Serdes.config(machine.registryUrl()), false);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", machine.bootstrapServers(), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ZONES; i++) {
            zones.add(new Zone(random.split()));
        }
    }

    /** Sends the events before a time and waits until the broker has them. */
    void sendUntil(Instant end) throws InterruptedException, ExecutionException {
        for (; time.isBefore(end); time = time.plus(STEP)) {
            for (int zone = 0; zone < ZONES; zone++) {
                int mood = zones.get(zone).step();
                if (mood == 0) {
                    // Of a silent zone only time is heard.
                    send(zone, "heartbeat", MetricKind.GAUGE, 1);
                } else {
                    send(zone, "depth", MetricKind.GAUGE, mood >= 3 ? 6 + zone % 3 : 2);
                    send(zone, "requests_total", MetricKind.COUNT, 10);
                    send(zone, "errors_total", MetricKind.COUNT, mood == 4 ? 6 : 1);
                }
            }
        }
        await();
    }

    /** Sends to every partition what lets time pass until all alerts have ended. */
    void close(Instant end) throws InterruptedException, ExecutionException {
        time = end.plus(CLOSING);
        for (int zone = 0; zone < Math.max(ZONES, partitions); zone++) {
            send(zone, "heartbeat", MetricKind.GAUGE, 1);
        }
        await();
    }

    /** All events so far. */
    List<MetricEvent> sent() {
        return sent;
    }

    private void send(int zone, String metric, MetricKind kind, double value) {
        MetricEvent event = new MetricEvent(
                time, "shop", metric, kind, value, null, null, Map.of("zone", Integer.toString(zone)), null);
        sent.add(event);
        waiting.add(producer.send(new ProducerRecord<>(
                topic, zone % partitions, null, Objects.requireNonNull(serializer.serialize(topic, event)))));
    }

    private void await() throws InterruptedException, ExecutionException {
        producer.flush();
        for (Future<RecordMetadata> one : waiting) {
            one.get();
        }
        waiting.clear();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
