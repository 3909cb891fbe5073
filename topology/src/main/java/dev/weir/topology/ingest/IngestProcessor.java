package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.UndecodableException;
import dev.weir.serde.UnknownSchemaException;
import dev.weir.series.Series;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.Measurement.Observed;
import dev.weir.topology.shuffle.Original;
import dev.weir.topology.shuffle.Shuffled;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Turns input records into measurements by series: bytes → (series key → {@link Shuffled.Event}), or → {@link
 * RejectedEvent}. Every measurement comes out as exactly one of the two.
 *
 * <p>One task owns one partition of the events topic and says to all partitions of the next stage how far its event time
 * has come. A registry that cannot be asked is no reason to reject: the exception goes up, the thread is replaced and the
 * record is read again. One thread.
 */
public final class IngestProcessor implements Processor<byte[], byte[], String, Object> {
    private final IngestSettings settings;
    private final Deserializer<Object> deserializer;
    private final EventRules rules;
    private ProcessorContext<String, Object> context;
    private IngestClock clock;
    private Sensor accepted;
    private Sensor rejected;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public IngestProcessor(IngestSettings settings) {
        this.settings = settings;
        this.deserializer = settings.eventDeserializer().get();
        this.rules =
                new EventRules(settings.limits(), settings.time().maxFuture().toMillis());
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        clock = new IngestClock(
                context.taskId().partition(), settings, context.getStateStore(IngestClock.STORE), this::sendWatermark);
        context.schedule(IngestClock.INTERVAL, PunctuationType.WALL_CLOCK_TIME, clock::tick);
        String task = context.taskId().toString();
        accepted = context.metrics().addRateTotalSensor("weir-ingest", task, "accepted", Sensor.RecordingLevel.INFO);
        rejected = context.metrics().addRateTotalSensor("weir-ingest", task, "rejected", Sensor.RecordingLevel.INFO);
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Coordinates source =
                new Coordinates(metadata.partition(), metadata.offset(), Coordinates.WHOLE_RECORD, input.timestamp());
        byte @Nullable [] value = input.value();
        try {
            accept(decode(value, input), source, value);
        } catch (InvalidEventException e) {
            reject(e, source, null, value);
        }
        clock.processed(metadata.offset());
    }

    private GenericContainer decode(byte @Nullable [] value, Record<byte[], byte[]> input)
            throws InvalidEventException {
        if (value == null) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, "value is null, must be an Avro record");
        }
        int maxBytes = settings.limits().recordBytes();
        if (value.length > maxBytes) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "record has " + value.length + " bytes, must have at most " + maxBytes + " (limits.record-bytes)");
        }
        Object decoded;
        try {
            decoded = deserializer.deserialize(settings.topic(), input.headers(), value);
        } catch (UndecodableException e) {
            throw new InvalidEventException(RejectReason.UNDECODABLE, String.valueOf(e.getMessage()));
        } catch (UnknownSchemaException e) {
            throw new InvalidEventException(RejectReason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        }
        if (decoded instanceof GenericContainer record) {
            return record;
        }
        throw new InvalidEventException(
                RejectReason.UNSUPPORTED_SCHEMA, "schema is a primitive type, must be a record of dev.weir.events");
    }

    private void accept(GenericContainer event, Coordinates source, byte @Nullable [] value)
            throws InvalidEventException {
        if (event instanceof MetricEvent metric) {
            accept(metric, source, value);
        } else if (event instanceof MetricBatch batch) {
            accept(batch, source, value);
        } else if (event instanceof HistogramEvent histogram) {
            accept(histogram, source, value);
        } else {
            throw new InvalidEventException(
                    RejectReason.UNSUPPORTED_SCHEMA,
                    "schema is " + event.getSchema().getFullName()
                            + ", must be MetricEvent, MetricBatch or HistogramEvent of dev.weir.events");
        }
    }

    private void accept(MetricEvent event, Coordinates source, byte @Nullable [] value) {
        long timestampMs = event.getTimestamp().toEpochMilli();
        measure(source, timestampMs, value, () -> {
            rules.checkValue(event.getValue(), event.getKind());
            Series series = rules.series(
                    event.getMetric(), event.getService(), event.getLabels(), event.getKind(), event.getUnit());
            return measurement(series, timestampMs, event.getValue(), event.getOutcome(), null, source, value);
        });
    }

    private void accept(MetricBatch batch, Coordinates source, byte @Nullable [] value) throws InvalidEventException {
        List<Measurement> measurements = batch.getMeasurements();
        if (measurements.size() > settings.limits().batchSize()) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "batch has " + measurements.size() + " measurements, must have at most "
                            + settings.limits().batchSize() + " (limits.batch-size)");
        }
        for (int i = 0; i < measurements.size(); i++) {
            Measurement one = measurements.get(i);
            Coordinates at = new Coordinates(source.partition(), source.offset(), i, source.brokerTimeMs());
            long timestampMs = one.getTimestamp().toEpochMilli();
            measure(at, timestampMs, value, () -> {
                rules.checkValue(one.getValue(), one.getKind());
                Map<String, String> labels = new HashMap<>(batch.getLabels());
                labels.putAll(one.getLabels());
                Series series = rules.series(one.getMetric(), batch.getService(), labels, one.getKind(), one.getUnit());
                return measurement(series, timestampMs, one.getValue(), one.getOutcome(), null, at, value);
            });
        }
    }

    private void accept(HistogramEvent event, Coordinates source, byte @Nullable [] value) {
        long timestampMs = event.getTimestamp().toEpochMilli();
        measure(source, timestampMs, value, () -> {
            Observed observed = observed(event);
            Series series = rules.series(
                    event.getMetric(), event.getService(), event.getLabels(), MetricKind.OBSERVATION, event.getUnit());
            return measurement(series, timestampMs, 0, event.getOutcome(), observed, source, value);
        });
    }

    private Observed observed(HistogramEvent event) throws InvalidEventException {
        rules.checkHistogram(event.getHistogram());
        Double sum = event.getSum();
        if (sum != null) {
            rules.checkValue(sum, MetricKind.OBSERVATION);
        }
        return new Observed(event.getHistogram(), sum);
    }

    private interface Reading {
        dev.weir.topology.shuffle.Measurement read() throws InvalidEventException;
    }

    private void measure(Coordinates source, long timestampMs, byte @Nullable [] value, Reading reading) {
        try {
            rules.checkTime(timestampMs, source.brokerTimeMs());
            var measurement = reading.read();
            checkNotTooLate(timestampMs);
            clock.event(timestampMs);
            accepted.record();
            context.forward(
                    new Record<>(measurement.series().key(), new Shuffled.Event(measurement), source.brokerTimeMs()));
        } catch (InvalidEventException e) {
            reject(e, source, timestampMs, value);
        }
    }

    private void checkNotTooLate(long timestampMs) throws InvalidEventException {
        if (clock.tooLate(timestampMs)) {
            throw new InvalidEventException(
                    RejectReason.LATE,
                    "timestamp is " + Instant.ofEpochMilli(timestampMs) + ", must be at most "
                            + settings.time().lateRetention().toMillis()
                            + " ms behind the watermark (time.late-retention)");
        }
    }

    private dev.weir.topology.shuffle.Measurement measurement(
            Series series,
            long timestampMs,
            double value,
            @Nullable Outcome outcome,
            @Nullable Observed observed,
            Coordinates source,
            byte @Nullable [] input) {
        Original original = settings.mayBeTooLate(timestampMs, source.brokerTimeMs())
                ? Rejection.original(input, settings.limits().rejectedOriginalBytes())
                : null;
        return new dev.weir.topology.shuffle.Measurement(
                series, timestampMs, value, outcome, observed, source, original);
    }

    private void reject(
            InvalidEventException why, Coordinates source, @Nullable Long timestampMs, byte @Nullable [] value) {
        rejected.record();
        RejectedEvent event = Rejection.of(
                why.reason(),
                String.valueOf(why.getMessage()),
                settings.topic(),
                source,
                timestampMs,
                Rejection.original(value, settings.limits().rejectedOriginalBytes()));
        context.forward(new Record<>(Rejection.key(event), event, source.brokerTimeMs()));
    }

    private void sendWatermark(Shuffled.Time time, Instant at) {
        context.forward(new Record<>("", time, at.toEpochMilli()));
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
