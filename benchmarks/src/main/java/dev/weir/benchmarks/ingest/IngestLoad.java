package dev.weir.benchmarks.ingest;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.serde.AvroSerializer;
import dev.weir.topology.source.RecordPack;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;

/** Seeded events of one pane: latencies with an outcome and three labels. */
final class IngestLoad {
    static final int EVENTS = 400_000;
    static final long BROKER_MS = 1_700_000_000_000L;
    private static final int PACK_EVENTS = 1_000;
    private static final int SERVICES = 20;

    private final SplittableRandom random = new SplittableRandom(42);
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final int series;
    private final int batch;
    private final boolean ordered;
    private final int[] sent = new int[SERVICES];

    IngestLoad(int series, int batch, boolean ordered) {
        this.series = series;
        this.batch = batch;
        this.ordered = ordered;
        serializer.configure(IngestHarness.SERDE, false);
    }

    List<Record<byte[], RecordPack>> packs() {
        List<Record<byte[], RecordPack>> packs = new ArrayList<>();
        for (int i = 0; i < EVENTS; i += PACK_EVENTS) {
            List<ConsumerRecord<byte[], ByteBuffer>> records = new ArrayList<>();
            for (int j = 0; j < PACK_EVENTS / batch; j++) {
                records.add(record(i / batch + j, encode(batch == 1 ? event() : batch())));
            }
            packs.add(new Record<>(new byte[0], new RecordPack(records), BROKER_MS));
        }
        return packs;
    }

    private static ConsumerRecord<byte[], ByteBuffer> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                "events",
                0,
                offset,
                BROKER_MS,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                value.length,
                null,
                ByteBuffer.wrap(value),
                new RecordHeaders(),
                Optional.empty());
    }

    private byte[] encode(SpecificRecord event) {
        byte[] bytes = serializer.serialize("events", event);
        if (bytes == null) {
            throw new IllegalStateException("event is null, must not be");
        }
        return bytes;
    }

    private MetricEvent event() {
        int one = next(random.nextInt(SERVICES));
        return new MetricEvent(
                time(),
                "service-" + one % SERVICES,
                "http_request_duration_seconds",
                MetricKind.OBSERVATION,
                seconds(),
                "s",
                random.nextInt(50) == 0 ? Outcome.ERROR : Outcome.SUCCESS,
                labels(one),
                null);
    }

    private MetricBatch batch() {
        int service = random.nextInt(SERVICES);
        List<Measurement> measurements = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            int one = next(service);
            measurements.add(new Measurement(
                    time(),
                    "http_request_duration_seconds",
                    MetricKind.OBSERVATION,
                    seconds(),
                    "s",
                    random.nextInt(50) == 0 ? Outcome.ERROR : Outcome.SUCCESS,
                    labels(one),
                    null));
        }
        return new MetricBatch("service-" + service, Map.of(), measurements);
    }

    /** A series of a service. */
    private int next(int service) {
        int count = series / SERVICES;
        return (ordered ? sent[service]++ % count : random.nextInt(count)) * SERVICES + service;
    }

    private static Map<String, String> labels(int one) {
        return Map.of("route", "/api/v1/things/" + one, "method", "GET", "instance", "pod-" + one % 7);
    }

    private Instant time() {
        return Instant.ofEpochMilli(BROKER_MS + random.nextInt(10_000));
    }

    /** Around 50 ms, with a long tail. */
    private double seconds() {
        double exponential = -Math.log(1 - random.nextDouble());
        return Math.rint(50_000 * exponential + 1) / 1e6;
    }
}
