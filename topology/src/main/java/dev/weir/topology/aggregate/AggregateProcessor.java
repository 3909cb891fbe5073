package dev.weir.topology.aggregate;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import dev.weir.topology.ingest.Rejection;
import dev.weir.topology.shuffle.Original;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.time.StageClock;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds measurements to panes, rolls closed panes up to 1 m and 1 h windows and publishes those: (series key → {@link
 * Shuffled}) → (series key → {@link WindowAggregate}), (rule group → {@link Shuffled.RuleInput}), (coordinates → {@link
 * RejectedEvent}).
 *
 * <p>An event behind the watermark corrects its windows, which are published again; one older than the late retention is
 * rejected. The watermark, and so all closing, comes from event times of all input partitions, or from the wall clock when
 * all are idle. One thread.
 */
public final class AggregateProcessor implements Processor<String, Shuffled, String, Object> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String WATERMARK = "watermark";

    private final AggregateSettings settings;
    private final long paneMs;
    private final long lateRetentionMs;
    private final Map<Series, List<String>> groupsBySeries = new HashMap<>();
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, Long> clockStore;
    private StageClock clock;
    private OpenSlices panes;
    private List<Windows> windows;
    private Sensor late;
    private Sensor tooLate;
    private long announcedMs;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public AggregateProcessor(AggregateSettings settings) {
        this.settings = settings;
        this.paneMs = settings.pane().toMillis();
        this.lateRetentionMs = settings.time().lateRetention().toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        clockStore = context.getStateStore(AggregateStores.CLOCK);
        clock = new StageClock(settings.time());
        panes = new OpenSlices(context.getStateStore(AggregateStores.PANES));
        windows = List.of(
                new Windows(WindowSize.MINUTE, context, this::publish),
                new Windows(WindowSize.HOUR, context, this::publish));
        Long stored = clockStore.get(WATERMARK);
        if (stored != null) {
            clock.restore(stored);
            windows.forEach(size -> size.restore(stored));
        }
        announcedMs = Watermark.UNKNOWN;
        String task = context.taskId().toString();
        late = context.metrics().addRateTotalSensor("weir-aggregate", task, "late", Sensor.RecordingLevel.INFO);
        tooLate = context.metrics().addRateTotalSensor("weir-aggregate", task, "rejected", Sensor.RecordingLevel.INFO);
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Shuffled> message) {
        if (message.value() instanceof SeriesEvent event) {
            add(event);
        } else if (message.value() instanceof Shuffled.Time time) {
            long beforeMs = clock.watermarkMs();
            long watermarkMs = clock.advance(time.watermark());
            if (watermarkMs > beforeMs) {
                close(watermarkMs);
            }
        }
    }

    private void tick(long wallMs) {
        windows.forEach(Windows::flushCorrections);
        long watermarkMs = clock.watermarkMs();
        if (watermarkMs > announcedMs) {
            announce(watermarkMs, wallMs);
        }
    }

    private void add(SeriesEvent event) {
        long timeMs = event.timestampMs();
        long watermarkMs = clock.watermarkMs();
        if (watermarkMs == Watermark.UNKNOWN || paneEnd(timeMs) > watermarkMs) {
            panes.update(paneStart(timeMs), event.series(), (key, pane) -> add(event, pane));
        } else if (timeMs >= watermarkMs - lateRetentionMs) {
            late.record();
            windows.forEach(size -> size.update(timeMs, event.series(), window -> add(event, window)));
        } else {
            tooLate.record();
            reject(event, watermarkMs);
        }
    }

    private static void add(SeriesEvent event, SeriesAggregate slice) {
        Aggregate aggregate = slice.aggregate();
        SeriesEvent.Observed observed = event.histogram();
        if (observed == null) {
            aggregate.record(event.timestampMs(), event.value(), event.outcome());
        } else {
            aggregate.record(Sketch.decode(observed.sketch().duplicate()), observed.sum(), event.outcome());
        }
    }

    private void close(long watermarkMs) {
        clockStore.put(WATERMARK, watermarkMs);
        panes.close(watermarkMs - paneMs, (key, pane) -> {
            windows.forEach(size -> size.update(
                    key.startMs(), pane.series(), window -> window.aggregate().merge(pane.aggregate())));
            sendToRules(pane, key.startMs());
        });
        windows.forEach(size -> size.advance(watermarkMs, lateRetentionMs));
    }

    private void sendToRules(SeriesAggregate closed, long startMs) {
        List<String> groups = groupsBySeries.computeIfAbsent(closed.series(), settings.ruleGroups());
        for (String group : groups) {
            Pane pane = new Pane(startMs, closed.aggregate());
            context.forward(new Record<>(group, new Shuffled.RuleInput(group, closed.series(), pane), startMs));
        }
    }

    private void announce(long watermarkMs, long wallMs) {
        announcedMs = watermarkMs;
        Watermark watermark =
                new Watermark(context.taskId().partition(), settings.partitions(), watermarkMs, false, wallMs);
        context.forward(new Record<>("", new Shuffled.Time(watermark), wallMs));
    }

    private void publish(WindowSize size, long startMs, SeriesAggregate window) {
        context.forward(
                new Record<>(window.series().key(), WindowRecord.of(size, startMs, window), size.endOf(startMs)));
    }

    private void reject(SeriesEvent event, long watermarkMs) {
        Original original = event.original();
        RejectedEvent rejected = Rejection.of(
                RejectReason.LATE,
                Rejection.tooLate(event.timestampMs(), watermarkMs, lateRetentionMs),
                settings.eventsTopic(),
                event.source(),
                event.timestampMs(),
                original == null ? Original.NONE : original);
        context.forward(
                new Record<>(Rejection.key(rejected), rejected, event.source().brokerTimeMs()));
    }

    private long paneStart(long timeMs) {
        return Math.floorDiv(timeMs, paneMs) * paneMs;
    }

    private long paneEnd(long timeMs) {
        return paneStart(timeMs) + paneMs;
    }
}
