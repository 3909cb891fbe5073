package dev.weir.topology.rule;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertTransition;
import dev.weir.topology.commit.CommitPace;
import dev.weir.topology.ruleset.Agreement;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.StoredRules;
import dev.weir.topology.shuffle.MovedState;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.StageClock;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluates rules at each tick that the watermark has passed: (unit → {@link Shuffled}) → (fingerprint → {@link
 * AlertTransition}), (series key → {@link WindowAggregate}) of recorded series, in order of ticks, groups side by side.
 *
 * <p>While the watermark stands still nothing is evaluated, so lag changes no alert. How it comes to another rule set: {@link
 * dev.weir.topology.ruleset.RuleBook}. The work of one call is bounded; what is left is done by the next. One thread.
 */
public final class RuleProcessor implements Processor<String, Shuffled, String, Object> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_FORGETTING = Duration.ofMinutes(10);
    private static final String WATERMARK = "watermark";
    private static final String CHANGED = "rules-changed";

    private final RuleSettings settings;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, Long> clockStore;
    private RunningRules running;
    private Handover handover;
    private Agreement agreement;
    /** Event time of the last change of rules that has been passed. */
    private long changedMs;

    private StageClock clock;
    private CommitPace pace;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public RuleProcessor(RuleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        clockStore = context.getStateStore(RuleStores.CLOCK);
        RuleMetrics metrics =
                new RuleMetrics(context.metrics(), context.taskId().toString());
        handover = new Handover(
                context.taskId().partition(),
                settings.partitions(),
                context.getStateStore(RuleStores.MOVED),
                clockStore,
                this::move);
        running = new RunningRules(
                settings,
                context.taskId().partition(),
                new StoredRules(context.getStateStore(RuleStores.RULES)),
                new RulePaneStore(
                        context.getStateStore(RuleStores.PACKS),
                        settings.evaluator().bounds().series(),
                        metrics),
                new AlertStore(
                        context.getStateStore(RuleStores.ALERTS),
                        context.getStateStore(RuleStores.RECORDED),
                        settings.evaluator().bounds().endedAlerts(),
                        metrics,
                        context::currentSystemTimeMs),
                handover,
                clockStore,
                metrics,
                new Forwarding());
        agreement = new Agreement(clockStore);
        Long changed = clockStore.get(CHANGED);
        changedMs = changed == null ? Announcement.ALWAYS : changed;
        clock = new StageClock(settings.time());
        Long stored = clockStore.get(WATERMARK);
        if (stored != null) {
            clock.restore(stored);
        }
        pace = new CommitPace(context, wallMs -> CommitPace.isPresent(clock.watermarkMs(), wallMs));
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, wallMs -> evaluate());
        context.schedule(BETWEEN_FORGETTING, PunctuationType.WALL_CLOCK_TIME, wallMs -> running.forgetAlerts());
    }

    @Override
    public void process(Record<String, Shuffled> message) {
        if (message.value() instanceof Shuffled.RuleInputs inputs) {
            running.add(inputs);
        } else if (message.value() instanceof MovedState moved) {
            handover.take(moved);
            if (moved.kind() == MovedState.Kind.END) {
                evaluate();
            }
        } else if (message.value() instanceof Shuffled.Time time) {
            agreement.hear(time.watermark(), time.rules());
            clock.advance(time.watermark());
            evaluate();
        }
    }

    private void evaluate() {
        long watermarkMs = clock.watermarkMs();
        if (watermarkMs != Watermark.UNKNOWN) {
            Long stored = clockStore.get(WATERMARK);
            if (stored == null || stored < watermarkMs) {
                clockStore.put(WATERMARK, watermarkMs);
            }
        }
        evaluateUntil(watermarkMs);
    }

    /** Walks from one change of rules to the next, as far as the watermark. */
    private void evaluateUntil(long watermarkMs) {
        while (agreement.isHeard()) {
            long nextMs = agreement.nextChangeMs(changedMs);
            boolean over = nextMs <= watermarkMs;
            OptionalLong rules = agreement.inForce(changedMs);
            if (rules.isPresent() && rules.getAsLong() != running.id()) {
                settings.rules().find(rules.getAsLong()).ifPresent(next -> running.turnTo(next, changedMs));
            }
            boolean turned = rules.isPresent() && rules.getAsLong() == running.id();
            if (turned) {
                handover.end(changedMs);
                if (!running.advance(Math.min(watermarkMs, nextMs))) {
                    return;
                }
            } else {
                List<RuleSet> followed = known(agreement.followed(changedMs));
                if (!running.advanceShared(Math.min(watermarkMs, nextMs), followed)) {
                    return;
                }
                if (over) {
                    handover.end(changedMs);
                    running.skip(nextMs, followed);
                }
            }
            if (!over) {
                return;
            }
            changedMs = nextMs;
            clockStore.put(CHANGED, changedMs);
            agreement.forgetBefore(changedMs);
        }
    }

    /** These sets; empty if this process does not know them all. */
    private List<RuleSet> known(Set<Long> ids) {
        List<RuleSet> sets = ids.stream()
                .map(settings.rules()::find)
                .flatMap(Optional::stream)
                .toList();
        return sets.size() == ids.size() ? sets : List.of();
    }

    private void move(MovedState moved) {
        context.forward(new Record<>("", moved, moved.changeMs()));
    }

    private final class Forwarding implements GroupEvaluation.Output {
        @Override
        public void transition(AlertTransition transition) {
            context.forward(new Record<>(
                    transition.getFingerprint(),
                    transition,
                    transition.getEvaluatedAt().toEpochMilli()));
            pace.soon();
        }

        @Override
        public void recorded(RecordedSample sample, RuleGroup group, long tickMs) {
            context.forward(
                    new Record<>(sample.series().key(), RecordedWindow.of(sample, group.interval(), tickMs), tickMs));
        }
    }
}
