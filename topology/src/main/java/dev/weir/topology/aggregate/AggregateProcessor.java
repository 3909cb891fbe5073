package dev.weir.topology.aggregate;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.pane.Aggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import dev.weir.topology.commit.CommitHook;
import dev.weir.topology.commit.CommitPace;
import dev.weir.topology.ingest.Rejection;
import dev.weir.topology.ruleset.Agreement;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.StageClock;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Adds deltas to panes and windows, closes them behind the watermark and publishes the windows: (series → {@link Shuffled}) →
 * (series key → {@link WindowAggregate}), (rule group → {@link Shuffled.RuleInputs}), (coordinates → {@link RejectedEvent}).
 *
 * <p>What is behind the watermark corrects its windows, which are published again with the next commit; a single event older
 * than the late retention is rejected. The watermark, and so all closing, comes from event times of all input partitions, or
 * from the wall clock when all are idle. The work of one call is bounded. One thread.
 */
public final class AggregateProcessor implements Processor<String, Shuffled, String, Object> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AggregateSettings settings;
    private final long lateRetentionMs;
    private ProcessorContext<String, Object> context;
    private StageClock clock;
    private CommitPace pace;
    private Panes panes;
    private Sensor late;
    private Sensor rejections;
    private Sensor clamped;
    private Agreement agreement;
    private long announcedMs;
    private @Nullable Announcement announced;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public AggregateProcessor(AggregateSettings settings) {
        this.settings = settings;
        this.lateRetentionMs = settings.time().lateRetention().toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        String task = context.taskId().toString();
        late = context.metrics().addRateTotalSensor("weir-aggregate", task, "late", Sensor.RecordingLevel.INFO);
        rejections =
                context.metrics().addRateTotalSensor("weir-aggregate", task, "rejected", Sensor.RecordingLevel.INFO);
        clamped = context.metrics().addRateTotalSensor("weir-aggregate", task, "clamped", Sensor.RecordingLevel.INFO);
        panes = new Panes(settings, context, new RuleInputs(this::sendToRules), this::publish);
        clock = new StageClock(settings.time());
        clock.restore(panes.restore());
        pace = new CommitPace(context, wallMs -> CommitPace.isPresent(clock.watermarkMs(), wallMs));
        agreement = new Agreement(context.getStateStore(AggregateStores.CLOCK));
        announcedMs = Watermark.UNKNOWN;
        announced = null;
        CommitHook hook = context.getStateStore(AggregateStores.COMMIT);
        hook.beforeCommit(context, this::beforeCommit);
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, wallMs -> {
            followRules();
            closeDue();
            panes.publishOpenHour(wallMs);
        });
    }

    @Override
    public void process(Record<String, Shuffled> message) {
        Shuffled value = message.value();
        if (value instanceof Shuffled.Deltas deltas) {
            if (!panes.add(deltas.pack())) {
                late.record();
            }
        } else if (value instanceof SeriesEvent event) {
            add(event);
        } else if (value instanceof Shuffled.Time time) {
            clock.advance(time.watermark());
            agreement.hear(time.watermark(), time.rules());
            agreement.forgetBefore(Long.MAX_VALUE);
            followRules();
        }
        closeDue();
    }

    private void add(SeriesEvent event) {
        long watermarkMs = clock.watermarkMs();
        if (watermarkMs != Watermark.UNKNOWN && event.timestampMs() < watermarkMs - lateRetentionMs) {
            String message = Rejection.tooLate(event.timestampMs(), watermarkMs, lateRetentionMs);
            reject(event, RejectReason.LATE, message);
            return;
        }
        Optional<Duration> window =
                settings.metrics().deduplication(event.series().metric());
        if (window.isPresent() && !panes.isNew(event, window.get())) {
            reject(event, RejectReason.DUPLICATE, Rejection.duplicate(event.eventId(), event.series(), window.get()));
        } else if (!panes.add(event)) {
            late.record();
        }
    }

    /** Agrees on the rule set that all of the stage before follow, if this process knows it. */
    private void followRules() {
        agreement
                .agreed()
                .ifPresent(agreed ->
                        settings.rules().find(agreed.rules()).ifPresent(next -> panes.agree(next, agreed.lastMs())));
    }

    private void closeDue() {
        long closedMs = panes.close(clock.watermarkMs());
        if (closedMs > announcedMs || !panes.rules().equals(announced)) {
            announcedMs = closedMs;
            announced = panes.rules();
            Watermark watermark = new Watermark(
                    context.taskId().partition(),
                    settings.partitions(),
                    closedMs,
                    false,
                    context.currentSystemTimeMs());
            context.forward(new Record<>("", new Shuffled.Time(watermark, announced), context.currentSystemTimeMs()));
            pace.soon();
        }
    }

    private void beforeCommit() {
        panes.beforeCommit(clock.watermarkMs());
    }

    private void sendToRules(Route route, long startMs, byte[] pack) {
        Shuffled inputs = new Shuffled.RuleInputs(route.unit(), route.partition(), pack);
        context.forward(new Record<>(route.unit(), inputs, startMs));
    }

    private void publish(WindowSize size, long startMs, SeriesState series, Aggregate aggregate, long revision) {
        Sketch sketch = aggregate.sketch();
        if (sketch != null && sketch.clamped() > 0 && size == WindowSize.MINUTE) {
            clamped.record();
        }
        Series named = series.series();
        WindowAggregate window = WindowRecord.of(size, startMs, named, aggregate, revision);
        context.forward(new Record<>(named.key(), window, size.endOf(startMs)));
    }

    private void reject(SeriesEvent event, RejectReason reason, String message) {
        rejections.record();
        RejectedEvent rejected = Rejection.of(
                reason, message, settings.eventsTopic(), event.source(), event.timestampMs(), event.originalOrNone());
        context.forward(
                new Record<>(Rejection.key(rejected), rejected, event.source().brokerTimeMs()));
    }
}
