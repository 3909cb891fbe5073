package dev.weir.topology.ingest;

import dev.weir.events.MetricKind;
import dev.weir.rejected.RejectedEvent;
import dev.weir.series.Series;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.Original;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.SeriesEvent.Observed;
import dev.weir.topology.shuffle.Shuffled;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Turns input records into measurements by series: bytes → (series key → {@link SeriesEvent}), or → {@link
 * RejectedEvent}. Every measurement comes out as exactly one of the two.
 *
 * <p>One task owns one partition of the events topic and says to all partitions of the next stage how far its event time
 * has come. A registry that cannot be asked is no reason to reject: the exception goes up, the thread is replaced and the
 * record is read again. One thread.
 */
public final class IngestProcessor implements Processor<byte[], byte[], String, Object> {
    private final IngestSettings settings;
    private final EventReader reader;
    private final EventRules rules;
    private ProcessorContext<String, Object> context;
    private IngestClock clock;
    private Sensor accepted;
    private Sensor rejected;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public IngestProcessor(IngestSettings settings) {
        this.settings = settings;
        this.reader = new EventReader(
                settings.topic(),
                settings.limits(),
                settings.eventDeserializer().get());
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
        byte @Nullable [] value = input.value();
        try {
            List<Candidate> candidates = reader.read(value, input.headers());
            Original original = settings.limits().original(value, candidates.size());
            for (Candidate candidate : candidates) {
                judge(candidate, source(metadata, candidate.index(), input), original);
            }
        } catch (InvalidEventException e) {
            Coordinates source = source(metadata, Coordinates.WHOLE_RECORD, input);
            reject(e, source, null, settings.limits().original(value, 1));
        }
        clock.processed(metadata.offset());
    }

    private void judge(Candidate candidate, Coordinates source, Original original) {
        long timestampMs = candidate.timestampMs();
        try {
            rules.checkTime(timestampMs, source.brokerTimeMs());
            Series series = check(candidate);
            clock.checkNotTooLate(timestampMs);
            clock.event(timestampMs);
            accepted.record();
            SeriesEvent event = new SeriesEvent(
                    series,
                    timestampMs,
                    candidate.value(),
                    candidate.outcome(),
                    candidate.histogram(),
                    source,
                    settings.mayBeTooLate(timestampMs, source.brokerTimeMs()) ? original : null);
            context.forward(new Record<>(series.key(), event, source.brokerTimeMs()));
        } catch (InvalidEventException e) {
            reject(e, source, timestampMs, original);
        }
    }

    private Series check(Candidate candidate) throws InvalidEventException {
        Observed histogram = candidate.histogram();
        if (histogram == null) {
            rules.checkValue(candidate.value(), candidate.kind());
        } else {
            rules.checkHistogram(histogram.sketch());
            Double sum = histogram.sum();
            if (sum != null) {
                rules.checkValue(sum, MetricKind.OBSERVATION);
            }
        }
        return rules.series(
                candidate.metric(), candidate.service(), candidate.labels(), candidate.kind(), candidate.unit());
    }

    private void reject(InvalidEventException why, Coordinates source, @Nullable Long timestampMs, Original original) {
        rejected.record();
        RejectedEvent event = Rejection.of(
                why.reason(), String.valueOf(why.getMessage()), settings.topic(), source, timestampMs, original);
        context.forward(new Record<>(Rejection.key(event), event, source.brokerTimeMs()));
    }

    private void sendWatermark(Shuffled.Time time, Instant at) {
        context.forward(new Record<>("", time, at.toEpochMilli()));
    }

    private static Coordinates source(RecordMetadata metadata, int index, Record<byte[], byte[]> input) {
        return new Coordinates(metadata.partition(), metadata.offset(), index, input.timestamp());
    }

    @Override
    public void close() {
        reader.close();
    }
}
