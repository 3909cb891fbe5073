package dev.weir.topology.ingest;

import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.Original;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.SeriesEvent.Observed;
import dev.weir.topology.source.RecordPack;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Judges the measurements of input records: each goes into the partial of its series and pane, or travels on alone, or is
 * rejected.
 *
 * <p>Two kinds of events travel alone: those so old that the next stage may find them too late, and those with an id of
 * metrics that are de-duplicated. Not thread-safe.
 */
final class EventIntake {
    /*
     * The good path allocates nothing: a plain record is seen in an EventView, its series found by the encoded bytes, and
     * value and time are checked by comparisons that agree with EventRules. Whatever is not plainly good is decoded to a
     * Candidate and judged by EventRules, which alone says what is wrong and in which words.
     */
    /** The shortest window: rules apart, nobody needs to know more of an event's time. */
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private static final int NO_IDENTITY = 0;
    private static final byte[] NO_BYTES = {};

    private final IngestSettings settings;
    private final int partition;
    private final EventReader reader;
    private final EventRules rules;
    private final IngestClock clock;
    private final SeriesRegister register;
    private final Partials partials;
    private final IngestOutput output;
    private final long paneMs;
    private final long singleAgeMs;
    private long nowMs;
    private long paneStartMs;
    private long minuteStartMs;
    private long accepted;
    private long rejected;

    EventIntake(
            IngestSettings settings,
            int partition,
            EventReader reader,
            IngestClock clock,
            SeriesRegister register,
            Partials partials,
            IngestOutput output) {
        this.settings = settings;
        this.partition = partition;
        this.reader = reader;
        this.rules =
                new EventRules(settings.limits(), settings.time().maxFuture().toMillis());
        this.clock = clock;
        this.register = register;
        this.partials = partials;
        this.output = output;
        this.paneMs = settings.pane().toMillis();
        this.singleAgeMs = settings.singleAge().toMillis();
    }

    /**
     * Takes all records of a pack.
     *
     * @throws dev.weir.serde.RegistryUnavailableException if the registry cannot be asked what a record means; what came
     *     before it has been taken, and must be dropped
     */
    void take(RecordPack pack) {
        nowMs = clock.now();
        for (ConsumerRecord<byte[], ByteBuffer> record : pack.records()) {
            takeRecord(record);
            clock.processed(record.offset());
        }
    }

    private void takeRecord(ConsumerRecord<byte[], ByteBuffer> record) {
        try {
            EventView view = reader.view(record, register.encodings());
            if (view != null) {
                takeView(view, record);
                return;
            }
            List<Candidate> candidates = reader.read(record);
            for (Candidate candidate : candidates) {
                judge(candidate, record, candidates.size(), NO_BYTES, NO_IDENTITY);
            }
        } catch (InvalidEventException e) {
            reject(
                    e,
                    source(record, Coordinates.WHOLE_RECORD),
                    null,
                    settings.limits().original(record, 1));
        }
    }

    private void takeView(EventView view, ConsumerRecord<byte[], ByteBuffer> record) {
        long brokerMs = brokerMs(record);
        int size = view.size();
        for (int i = 0; i < size; i++) {
            long timestampMs = view.timestampMs(i);
            IngestSeries series = view.series(i);
            if (series != null
                    && !view.isHistogram(i)
                    && series.accepts(view.value(i))
                    && rules.isTimely(timestampMs, brokerMs)
                    && !clock.isTooLate(timestampMs)
                    && timestampMs >= brokerMs - singleAgeMs
                    && !(series.deduplicated() && view.hasEventId(i))) {
                clock.event(timestampMs);
                accepted++;
                series.record(partial(series, timestampMs), timestampMs, view.value(i), view.outcome(i));
            } else {
                int length = view.identify(i);
                judge(view.candidate(i), record, size, view.identity(), length);
            }
        }
    }

    private void judge(
            Candidate candidate,
            ConsumerRecord<byte[], ByteBuffer> record,
            int measurements,
            byte[] identity,
            int length) {
        long timestampMs = candidate.timestampMs();
        Coordinates source = source(record, candidate.index());
        try {
            rules.checkTime(timestampMs, source.brokerTimeMs());
            Sketch sketch = checkValue(candidate);
            Series named = rules.series(
                    candidate.metric(), candidate.service(), candidate.labels(), candidate.kind(), candidate.unit());
            boolean deduplicated = isDeduplicated(candidate);
            clock.checkNotTooLate(timestampMs);
            IngestSeries series = length == NO_IDENTITY
                    ? register.admit(named, nowMs)
                    : register.admit(named, identity, length, nowMs);
            clock.event(timestampMs);
            accepted++;
            boolean old = timestampMs < source.brokerTimeMs() - singleAgeMs;
            if (old || deduplicated) {
                Original original = old ? settings.limits().original(record, measurements) : null;
                output.single(single(series, candidate, isLate(timestampMs), source, original, deduplicated));
            } else {
                add(candidate, sketch, partial(series, timestampMs));
            }
        } catch (InvalidEventException e) {
            reject(e, source, timestampMs, settings.limits().original(record, measurements));
        }
    }

    private @Nullable Sketch checkValue(Candidate candidate) throws InvalidEventException {
        Observed histogram = candidate.histogram();
        if (histogram == null) {
            rules.checkValue(candidate.value(), candidate.kind());
            return null;
        }
        Sketch sketch = rules.checkHistogram(histogram.sketch());
        Double sum = histogram.sum();
        if (sum != null) {
            rules.checkValue(sum, MetricKind.OBSERVATION);
        }
        return sketch;
    }

    private boolean isDeduplicated(Candidate candidate) throws InvalidEventException {
        if (candidate.eventId() == null
                || settings.metrics().deduplication(candidate.metric()).isEmpty()) {
            return false;
        }
        rules.checkEventId(candidate.eventId());
        return true;
    }

    /** The open partial of that time, from now on the first of the series. */
    private Aggregate partial(IngestSeries series, long timestampMs) {
        if (series.readByRules() && !isLate(timestampMs)) {
            return partials.of(series, paneStartMs, false, nowMs);
        }
        if (timestampMs < minuteStartMs || timestampMs - minuteStartMs >= MINUTE_MS) {
            minuteStartMs = timestampMs - Math.floorMod(timestampMs, MINUTE_MS);
        }
        return partials.of(series, minuteStartMs, true, nowMs);
    }

    /** Whether the pane of this time, which is then the current one, is behind the watermark. */
    private boolean isLate(long timestampMs) {
        if (timestampMs < paneStartMs || timestampMs - paneStartMs >= paneMs) {
            paneStartMs = timestampMs - Math.floorMod(timestampMs, paneMs);
        }
        return clock.isLate(paneStartMs + paneMs);
    }

    private static void add(Candidate candidate, @Nullable Sketch sketch, Aggregate partial) {
        Observed histogram = candidate.histogram();
        if (histogram == null || sketch == null) {
            partial.record(candidate.timestampMs(), candidate.value(), candidate.outcome());
        } else {
            partial.record(sketch, histogram.sum(), candidate.outcome());
        }
    }

    private static SeriesEvent single(
            IngestSeries series,
            Candidate candidate,
            boolean late,
            Coordinates source,
            @Nullable Original original,
            boolean deduplicated) {
        return new SeriesEvent(
                series.series(),
                candidate.timestampMs(),
                candidate.value(),
                candidate.outcome(),
                candidate.histogram(),
                late,
                source,
                original,
                deduplicated ? candidate.eventId() : null);
    }

    private void reject(InvalidEventException why, Coordinates source, @Nullable Long timestampMs, Original original) {
        rejected++;
        output.rejected(Rejection.of(
                why.reason(), String.valueOf(why.getMessage()), settings.topic(), source, timestampMs, original));
    }

    private Coordinates source(ConsumerRecord<byte[], ByteBuffer> record, int index) {
        return new Coordinates(partition, record.offset(), index, brokerMs(record));
    }

    private static long brokerMs(ConsumerRecord<byte[], ByteBuffer> record) {
        return Math.max(0, record.timestamp());
    }

    /** Valid events so far. */
    long accepted() {
        return accepted;
    }

    /** Rejected events so far. */
    long rejected() {
        return rejected;
    }
}
