package dev.weir.topology.ingest;

import dev.weir.rejected.RejectedEvent;
import dev.weir.topology.commit.CommitHook;
import dev.weir.topology.commit.CommitPace;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.source.RecordPack;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns packs of input records into what series did: {@link RecordPack} → ({@link Shuffled.Deltas}), (series key → {@link
 * SeriesEvent}), (coordinates → {@link RejectedEvent}). Every measurement is in exactly one of the three.
 *
 * <p>One task owns one partition of the events topic. Deltas leave in the transaction that commits their events, see
 * {@link #beforeCommit}, and behind them the word to all partitions of the next stage how far event time has come. A registry that
 * cannot be asked is no reason to reject: the exception goes up, the thread is replaced and the pack is read again. One
 * thread.
 */
public final class IngestProcessor implements Processor<byte[], RecordPack, String, Object> {
    private static final String NO_KEY = "";

    private final IngestSettings settings;
    private final EventReader reader;
    private ProcessorContext<String, Object> context;
    private IngestClock clock;
    private IngestRules rules;
    private Offenders offenders;
    private SeriesRegister register;
    private Partials partials;
    private EventIntake intake;
    private @Nullable IngestMetrics metrics;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public IngestProcessor(IngestSettings settings) {
        this.settings = settings;
        this.reader = new EventReader(
                settings.topic(),
                settings.limits(),
                settings.registry(),
                settings.wallClock(),
                settings.eventDeserializer().get());
    }

    /** Begins from what is committed: whatever this object has seen before is dropped. */
    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        start(processorContext);
        CommitHook hook = context.getStateStore(IngestStores.COMMIT);
        hook.beforeCommit(context, this::beforeCommit);
    }

    /** As {@link #init}, where the caller and not a {@link CommitHook} runs {@link #beforeCommit}. */
    public void start(ProcessorContext<String, Object> processorContext) {
        closeMetrics();
        context = processorContext;
        int partition = context.taskId().partition();
        KeyValueStore<String, Long> clockStore = context.getStateStore(IngestClock.STORE);
        clock = new IngestClock(partition, settings, clockStore, this::sendWatermark);
        rules = new IngestRules(settings.rules(), clockStore, clock);
        offenders = new Offenders();
        register = new SeriesRegister(
                settings.series(), settings.metrics(), rules.read(), settings.partitions(), offenders, clock.now());
        partials = new Partials(settings.partitions(), settings.series().partials(), settings.pane(), this::sendDeltas);
        intake = new EventIntake(settings, partition, reader, clock, register, partials, new Singles());
        metrics = new IngestMetrics(context.metrics(), context.taskId().toString());
        new CommitPace(context, clock::isPresent);
        context.schedule(IngestClock.INTERVAL, PunctuationType.WALL_CLOCK_TIME, clock::tick);
    }

    @Override
    public void process(Record<byte[], RecordPack> pack) {
        intake.take(pack.value());
        if (partials.emitEnded(clock.watermarkMs())) {
            clock.emit();
        }
    }

    /**
     * Sends all deltas and then the watermark. Called inside the transaction, before the offsets of the packs are committed.
     * After it has failed it may be called again: it sends what it has not sent.
     */
    public void beforeCommit() {
        long nowMs = clock.now();
        partials.emit();
        rules.follow(register);
        clock.emit();
        register.sweep(nowMs);
        if (metrics != null) {
            metrics.tell(intake.accepted(), intake.rejected(), offenders, nowMs);
        }
    }

    /** What leaves while records are read. */
    private final class Singles implements IngestOutput {
        @Override
        public void single(SeriesEvent event) {
            context.forward(
                    new Record<>(event.series().key(), event, event.source().brokerTimeMs()));
        }

        @Override
        public void rejected(RejectedEvent event) {
            context.forward(new Record<>(
                    Rejection.key(event), event, event.getBrokerTimestamp().toEpochMilli()));
        }
    }

    private void sendDeltas(int partition, byte[] pack) {
        context.forward(new Record<>(NO_KEY, new Shuffled.Deltas(partition, pack), Math.max(0, clock.wallMs())));
    }

    private void sendWatermark(Shuffled.Time time, Instant at) {
        context.forward(new Record<>(NO_KEY, time, at.toEpochMilli()));
    }

    private void closeMetrics() {
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }

    @Override
    public void close() {
        closeMetrics();
        reader.close();
    }
}
