package dev.weir.topology.rule;

import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertTransition;
import dev.weir.topology.shuffle.ShufflePartitioner;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.StageClock;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluates rules at each tick that the watermark has passed: (rule group → {@link Shuffled}) → (fingerprint → {@link
 * AlertTransition}), in order of ticks, groups side by side.
 *
 * <p>While the watermark stands still nothing is evaluated, so lag changes no alert. The work of one call is bounded; what
 * is left is done by the next. One thread.
 */
public final class RuleProcessor implements Processor<String, Shuffled, String, AlertTransition> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String WATERMARK = "watermark";
    private static final int MOST_TICKS_A_CALL = 1_000;

    private final RuleSettings settings;
    private final Map<String, GroupEvaluation> groups = new LinkedHashMap<>();
    private ProcessorContext<String, AlertTransition> context;
    private KeyValueStore<String, Long> clockStore;
    private RulePaneStore panes;
    private StageClock clock;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public RuleProcessor(RuleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, AlertTransition> processorContext) {
        context = processorContext;
        clockStore = context.getStateStore(RuleStores.CLOCK);
        panes = new RulePaneStore(context.getStateStore(RuleStores.PANES));
        AlertStore alerts = new AlertStore(context.getStateStore(RuleStores.ALERTS));
        Sensor failures = context.metrics()
                .addRateTotalSensor(
                        "weir-rules", context.taskId().toString(), "evaluation-failures", Sensor.RecordingLevel.INFO);
        groups.clear();
        for (RuleGroup group : settings.rules().groups()) {
            if (ShufflePartitioner.partitionOf(group.id(), settings.partitions())
                    == context.taskId().partition()) {
                Duration range = settings.rules().range(group.id());
                groups.put(group.id(), new GroupEvaluation(group, range, panes, alerts, clockStore, failures));
            }
        }
        panes.restore(groups::containsKey);
        clock = new StageClock(settings.time());
        Long stored = clockStore.get(WATERMARK);
        if (stored != null) {
            clock.restore(stored);
        }
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, wallMs -> evaluate());
    }

    @Override
    public void process(Record<String, Shuffled> message) {
        if (message.value() instanceof Shuffled.RuleInputs inputs) {
            if (groups.containsKey(inputs.group())) {
                panes.add(inputs);
            }
        } else if (message.value() instanceof Shuffled.Time time) {
            clock.advance(time.watermark());
            evaluate();
        }
    }

    private void evaluate() {
        long watermarkMs = clock.watermarkMs();
        if (watermarkMs == Watermark.UNKNOWN) {
            return;
        }
        Long stored = clockStore.get(WATERMARK);
        if (stored == null || stored < watermarkMs) {
            clockStore.put(WATERMARK, watermarkMs);
        }
        groups.values().forEach(group -> group.advance(watermarkMs, MOST_TICKS_A_CALL, this::send));
    }

    private void send(AlertTransition transition) {
        context.forward(new Record<>(
                transition.getFingerprint(),
                transition,
                transition.getEvaluatedAt().toEpochMilli()));
    }
}
