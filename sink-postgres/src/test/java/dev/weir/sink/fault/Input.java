package dev.weir.sink.fault;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.serde.AvroSerializer;
import dev.weir.sink.fault.Hour.Series;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What is sent to the sinks, and remembered for the check: hours of several series, open ones, final ones, corrected ones,
 * some twice and some late, and raw measurements with an id each. One thread.
 */
final class Input implements AutoCloseable {
    static final String AGGREGATES = "faults.aggregates";
    static final String EVENTS = "faults.events";
    static final String RAW_METRIC = "raw_seconds";
    static final int PARTITIONS = 4;

    /** A Monday. */
    static final Instant FIRST_DAY = Instant.parse("2026-03-02T00:00:00Z");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final MetricKind[] KINDS = {MetricKind.OBSERVATION, MetricKind.COUNT, MetricKind.GAUGE};
    private static final int SERIES = 24;

    private final Random random;
    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final Map<String, Hour> hours = new HashMap<>();
    private final Map<Series, List<Hour>> bySeries = new HashMap<>();
    private final List<WindowAggregate> old = new ArrayList<>();
    private final List<Future<RecordMetadata>> unconfirmed = new ArrayList<>();
    private final Set<String> rawIds = new LinkedHashSet<>();
    private final Map<String, Long> sent = new TreeMap<>(Map.of(AGGREGATES, 0L, EVENTS, 0L));
    private int emptyDays;
    private int extra;

    Input(Random random, String bootstrapServers, String registry) {
        this.random = random;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        serializer.configure(serde(registry), false);
    }

    static Map<String, Object> serde(String registry) {
        return Map.of(
                "schema.registry.url",
                registry,
                "specific.avro.reader",
                true,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    }

    /** Sends so many records of either topic. */
    void burst(int records) {
        for (int i = 0; i < records; i++) {
            Series series = series(random.nextInt(SERIES));
            int choice = random.nextInt(10);
            if (choice < 6 || !bySeries.containsKey(series)) {
                Hour hour = hour(series, next(series));
                if (random.nextInt(3) == 0) {
                    hour.revision = -1L - random.nextInt(59);
                    add(hour);
                    send(hour);
                }
                if (hour.revision == 0 || random.nextInt(8) > 0) {
                    finish(hour);
                }
            } else if (choice < 9) {
                correct(any(series));
            } else if (!old.isEmpty()) {
                send(old.get(random.nextInt(old.size())));
            }
            raw();
        }
        confirm();
    }

    /** A final hour that has been sent. */
    Hour finalHour() {
        List<Hour> all = hours.values().stream().filter(hour -> hour.isFinal).toList();
        return all.get(random.nextInt(all.size()));
    }

    /** Sends an hour again with a value more; one that is open becomes final. */
    void correct(Hour hour) {
        hour.revision = hour.isFinal ? hour.revision + 1 : 0;
        hour.isFinal = true;
        add(hour);
        send(hour);
        confirm();
    }

    /** Sends hours of a day that no other series has, one to each partition. */
    void emptyDay() {
        emptyDays++;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            finish(hour(
                    new Series("sparse_seconds", MetricKind.OBSERVATION, partition),
                    FIRST_DAY.minus(Duration.ofDays(emptyDays))));
        }
        confirm();
    }

    /** A metric that was not sent before. */
    String newMetric() {
        extra++;
        return "extra_" + extra + "_seconds";
    }

    /**
     * Sends hours of a metric that has no others at that time.
     *
     * @param stored whether rows are expected
     */
    void extraHours(String metric, int from, int to, boolean stored) {
        for (int i = from; i < to; i++) {
            Hour hour = new Hour(new Series(metric, MetricKind.OBSERVATION, 0), FIRST_DAY.plus(HOUR.multipliedBy(i)));
            if (stored) {
                remember(hour);
            }
            finish(hour);
        }
        confirm();
    }

    Collection<Hour> hours() {
        return hours.values();
    }

    Set<String> rawIds() {
        return rawIds;
    }

    /** Records in a topic. */
    long sent(String topic) {
        return sent.getOrDefault(topic, 0L);
    }

    private void finish(Hour hour) {
        hour.revision = 0;
        hour.isFinal = true;
        add(hour);
        send(hour);
    }

    private void add(Hour hour) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            hour.values.add(
                    hour.series.kind() == MetricKind.COUNT
                            ? random.nextInt(1_000)
                            : Math.exp(random.nextGaussian() * 2 - 3));
        }
    }

    private Series series(int number) {
        MetricKind kind = KINDS[number % KINDS.length];
        return new Series(
                kind == MetricKind.OBSERVATION ? "load_seconds" : kind == MetricKind.COUNT ? "calls" : "depth",
                kind,
                number);
    }

    /** Hours come in order but for every fourth, which waits for the one after it. */
    private Instant next(Series series) {
        int count = bySeries.getOrDefault(series, List.of()).size();
        int shifted = count % 4 == 2 ? count + 1 : count % 4 == 3 ? count - 1 : count;
        return FIRST_DAY.plus(HOUR.multipliedBy(shifted));
    }

    private Hour hour(Series series, Instant start) {
        Hour hour = new Hour(series, start);
        bySeries.computeIfAbsent(series, absent -> new ArrayList<>()).add(hour);
        remember(hour);
        return hour;
    }

    private void remember(Hour hour) {
        hours.put(key(hour), hour);
    }

    private static String key(Hour hour) {
        return hour.series + " " + hour.start;
    }

    private Hour any(Series series) {
        List<Hour> all = bySeries.getOrDefault(series, List.of());
        return all.get(random.nextInt(all.size()));
    }

    private void send(Hour hour) {
        WindowAggregate aggregate = aggregate(hour);
        if (hours.containsKey(key(hour)) && random.nextInt(8) == 0) {
            old.add(aggregate);
        }
        send(aggregate);
    }

    private void send(WindowAggregate aggregate) {
        int number = Integer.parseInt(aggregate.getLabels().getOrDefault("series", "0"));
        send(AGGREGATES, number % PARTITIONS, aggregate);
    }

    private void raw() {
        String id = Integer.toString(rawIds.size());
        rawIds.add(id);
        MetricEvent event = MetricEvent.newBuilder()
                .setTimestamp(FIRST_DAY.plusSeconds(rawIds.size()))
                .setService("shop")
                .setMetric(RAW_METRIC)
                .setKind(MetricKind.OBSERVATION)
                .setValue(rawIds.size())
                .setLabels(Map.of("id", id))
                .build();
        send(EVENTS, rawIds.size() % PARTITIONS, event);
    }

    private void send(String topic, int partition, SpecificRecord value) {
        unconfirmed.add(
                producer.send(new ProducerRecord<>(topic, partition, null, serializer.serialize(topic, value))));
        sent.merge(topic, 1L, Long::sum);
    }

    private void confirm() {
        for (Future<RecordMetadata> each : unconfirmed) {
            try {
                each.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("record was not sent", e);
            }
        }
        unconfirmed.clear();
    }

    private static WindowAggregate aggregate(Hour hour) {
        Aggregate aggregate = new Aggregate(hour.series.kind(), hour.series.range());
        long timeMs = hour.start.toEpochMilli();
        for (double value : hour.values()) {
            aggregate.record(timeMs++, value, null);
        }
        Sketch sketch = aggregate.sketch();
        byte[] exactSum = aggregate.exactSum();
        return WindowAggregate.newBuilder()
                .setMetric(hour.series.metric())
                .setService("shop")
                .setLabels(hour.series.labels())
                .setKind(hour.series.kind())
                .setWindowStart(hour.start)
                .setWindowEnd(hour.start.plus(HOUR))
                .setCount(aggregate.count())
                .setSum(aggregate.sum())
                .setMin(aggregate.min())
                .setMax(aggregate.max())
                .setLast(
                        aggregate.last().isPresent() ? (Double) aggregate.last().getAsDouble() : null)
                .setRate(0)
                .setQuantiles(sketch == null ? List.of() : quantiles(sketch))
                .setSketch(sketch == null ? null : ByteBuffer.wrap(sketch.encode()))
                .setExactSum(exactSum == null ? null : ByteBuffer.wrap(exactSum))
                .setFinal$(hour.isFinal)
                .setRevision(hour.revision)
                .build();
    }

    private static List<QuantileValue> quantiles(Sketch sketch) {
        return DoubleStream.of(0.5, 0.9, 0.95, 0.99)
                .mapToObj(sketch::quantile)
                .map(q -> new QuantileValue(q.q(), q.value(), q.low(), q.high()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
