package dev.weir.publisher;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.publisher.Outgoing.Destination;
import dev.weir.series.Series;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a service measures to Weir.
 *
 * <p>Instruments are made once and kept; making one with a name or labels that Weir would refuse throws
 * {@link IllegalArgumentException}, and so does making one of another type for the same series. Asked twice for the same one, the first is returned.
 *
 * <p>Recording never waits and never throws, whatever becomes of Kafka and the registry: a thread of the publisher's own
 * talks to them. What waits is bounded ({@link PublisherSettings#bufferBytes}), what does not fit or does not arrive is
 * counted: {@link #dropped}. Thread-safe.
 */
public final class WeirPublisher implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration INTERRUPTED_TIMEOUT = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String SECONDS = "s";
    private static final long OPERATIONS_BYTES = 256 << 10;

    private final PublisherSettings settings;
    private final InstantSource clock;
    private final Tally tally = new Tally();
    private final Sources sources = new Sources();
    private final Interval.Spare spare = new Interval.Spare();
    private final ConcurrentMap<Series, Object> instruments = new ConcurrentHashMap<>();
    private final Outbox outbox;
    /** Apart, so that a missing topic of the one does not hold up the other. */
    private final Outbox operationsOutbox;

    private final Operations operations;
    private final Courier courier;
    private final Thread thread;

    private WeirPublisher(PublisherSettings settings, InstantSource clock) {
        Map<String, Object> producer = ProducerSettings.of(settings);
        this.settings = settings;
        this.clock = clock;
        outbox = new Outbox(settings.bufferBytes() / 2 - OPERATIONS_BYTES, tally);
        operationsOutbox = new Outbox(OPERATIONS_BYTES, tally);
        operations = new Operations(settings.service(), operationsOutbox, tally, clock);
        Connection connection = new Connection(producer);
        courier = new Courier(
                sources,
                outbox,
                List.of(
                        dispatch(outbox, Destination.EVENTS, connection),
                        dispatch(operationsOutbox, Destination.OPERATIONS, connection)),
                connection,
                settings.flushInterval(),
                clock);
        thread = new Thread(courier, "weir-publisher-" + settings.service());
        thread.setDaemon(true);
        outbox.readBy(thread);
        operationsOutbox.readBy(thread);
    }

    /**
     * Starts a publisher. Kafka and the registry need not be there yet.
     *
     * @throws IllegalArgumentException if a property is not one that Kafka or the serializer understands
     */
    public static WeirPublisher start(PublisherSettings settings) {
        return start(settings, InstantSource.system());
    }

    /** Starts a publisher whose measurements take their time from a clock. */
    public static WeirPublisher start(PublisherSettings settings, InstantSource clock) {
        WeirPublisher publisher = new WeirPublisher(settings, clock);
        publisher.thread.start();
        return publisher;
    }

    /** A timer that sends every duration by itself, with its time and, if given, its event id. */
    public Latency latency(String metric, String... labels) {
        Series series = times(metric, labels);
        return instrument(
                Latency.class,
                series,
                () -> new Latency(new EachRecording(series, NANOS_PER_SECOND, outbox, tally, clock)),
                Latency::new);
    }

    /**
     * A timer that counts its durations in an HdrHistogram, sent at each flush: for what happens more than some times a
     * second. Percentiles, counts and sums are those of {@link #latency}; the time is that of the flush.
     */
    public Latency histogramLatency(String metric, String... labels) {
        Series series = times(metric, labels);
        return instrument(Latency.class, series, () -> new Latency(observed(series, NANOS_PER_SECOND)), Latency::new);
    }

    /** A counter. */
    public PublishedCounter counter(String metric, String... labels) {
        Series series = series(metric, MetricKind.COUNT, null, labels);
        return instrument(
                PublishedCounter.class, series, () -> new PublishedCounter(counted(series)), PublishedCounter::new);
    }

    /** Hits and misses of a cache. */
    public PublishedCache cache(String metric, String... labels) {
        Series series = series(metric, MetricKind.COUNT, null, labels);
        return instrument(PublishedCache.class, series, () -> new PublishedCache(counted(series)), PublishedCache::new);
    }

    /** A level that the service sets. */
    public PublishedGauge gauge(String metric, String... labels) {
        Series series = series(metric, MetricKind.GAUGE, null, labels);
        return instrument(
                PublishedGauge.class,
                series,
                () -> {
                    Level.Settable level = new Level.Settable(tally);
                    level(series, level);
                    return new PublishedGauge(level);
                },
                PublishedGauge::new);
    }

    /**
     * A level that is read at each flush, by the publisher's thread.
     *
     * @param level quick, thread-safe; NaN where there is none, nothing is sent then, nor if it throws
     */
    public void gauge(String metric, DoubleSupplier level, String... labels) {
        Series series = series(metric, MetricKind.GAUGE, null, labels);
        instrument(
                Level.class,
                series,
                () -> attached(new Level(Channel.of(series, null), tally, level)),
                lost -> new Level(Channel.of(series, null), tally, level));
    }

    /**
     * Reports an issue of a worker; the one returned can be resolved.
     *
     * @param details further facts by name
     */
    public OpenIssue workerIssue(
            String worker, String type, Severity severity, String message, Map<String, String> details) {
        return workerIssue(UUID.randomUUID().toString(), worker, type, severity, message, details);
    }

    /** Reports an issue with an identity that the service knows again after a restart, 1 to 256 characters. */
    public OpenIssue workerIssue(
            String id, String worker, String type, Severity severity, String message, Map<String, String> details) {
        return operations.report(id, worker, type, severity, message, details);
    }

    /** Reports something that happened and is worth a row, such as a deployment. */
    public void event(String type, Map<String, String> details) {
        operations.event(type, details);
    }

    /** How many recordings Kafka has confirmed: calls, not records. Of a gauge: the levels sent. */
    public long delivered() {
        return tally.delivered();
    }

    /** How many recordings were lost for this reason. */
    public long dropped(DropReason reason) {
        return tally.dropped(reason);
    }

    /** How many recordings were lost, by reason; all reasons are there. */
    public Map<DropReason, Long> dropped() {
        return tally.dropped();
    }

    /** Bytes that wait for the publisher's thread, of half of {@link PublisherSettings#bufferBytes}. */
    public long bufferedBytes() {
        return outbox.usedBytes() + operationsOutbox.usedBytes();
    }

    /** Sends what waits, for at most ten seconds. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Sends what waits and returns when Kafka has confirmed it, or at most five seconds after the timeout; what is left is dropped and counted. What is
     * recorded from now on is dropped and counted, too. A second call does nothing.
     */
    public synchronized void close(Duration timeout) {
        if (tally.isClosed()) {
            return;
        }
        tally.close();
        courier.close(timeout);
        LockSupport.unpark(thread);
        try {
            thread.join(Math.max(timeout.toMillis(), 1));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(INTERRUPTED_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A series of this service, with the labels of all.
     *
     * @throws IllegalArgumentException if Weir would refuse it
     */
    Series series(String metric, MetricKind kind, @Nullable String unit, Map<String, String> labels) {
        return SeriesRules.series(metric, settings.service(), settings.labels(), labels, kind, unit);
    }

    Observations observations(Series series, @Nullable Outcome outcome, double valuesPerUnit) {
        return attached(new Observations(Channel.of(series, outcome), valuesPerUnit, tally, spare));
    }

    Increments increments(Series series, @Nullable Outcome outcome) {
        return attached(new Increments(Channel.of(series, outcome), tally));
    }

    Level level(Series series, DoubleSupplier level) {
        return attached(new Level(Channel.of(series, null), tally, level));
    }

    <S extends Source> S attached(S source) {
        sources.attach(source);
        return source;
    }

    void detach(Source source) {
        sources.detach(source);
    }

    boolean isFull() {
        return sources.size() >= settings.maxInstruments();
    }

    private Dispatch dispatch(Outbox from, Destination destination, Connection connection) {
        Packing packing = new Packing(from, settings.service(), settings.batchSize());
        return new Dispatch(packing, destination.topic(settings.topicPrefix()), tally, connection);
    }

    private Series times(String metric, String... labels) {
        return series(metric, MetricKind.OBSERVATION, metric.endsWith("_seconds") ? null : SECONDS, labels);
    }

    private Series series(String metric, MetricKind kind, @Nullable String unit, String... labels) {
        return series(metric, kind, unit, SeriesRules.labels(labels));
    }

    private Recording observed(Series series, double valuesPerUnit) {
        ByOutcome<Observations> parts = new ByOutcome<>(outcome -> observations(series, outcome, valuesPerUnit));
        return (value, outcome, eventId) -> parts.of(outcome).record(value);
    }

    private Recording counted(Series series) {
        ByOutcome<Increments> parts = new ByOutcome<>(outcome -> increments(series, outcome));
        return (value, outcome, eventId) -> parts.of(outcome).add(value);
    }

    private <T> T instrument(Class<T> type, Series series, Supplier<T> make, Function<Recording, T> lost) {
        Object instrument = instruments.get(series);
        if (instrument == null) {
            if (instruments.size() >= settings.maxInstruments()) {
                return lost.apply((value, outcome, eventId) -> tally.drop(DropReason.TOO_MANY_SERIES, 1));
            }
            instrument = instruments.computeIfAbsent(series, made -> make.get());
        }
        if (!type.isInstance(instrument)) {
            throw new IllegalArgumentException(series.key() + " is a "
                    + instrument.getClass().getSimpleName() + " already, must not be a " + type.getSimpleName());
        }
        return type.cast(instrument);
    }
}
