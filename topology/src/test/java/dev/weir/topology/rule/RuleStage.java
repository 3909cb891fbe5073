package dev.weir.topology.rule;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerts.AlertTransition;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.MovedState;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.TimeSettings;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The rule stage with all its partitions, fed by one partition of the stage before. Each partition is ahead of or behind the
 * others as chance has it, and is restarted now and then. One thread.
 */
final class RuleStage {
    static final Duration PANE = Duration.ofSeconds(10);

    private static final int ONE_IN_RESTARTS = 200;
    private static final int AGAIN = 20;

    /** One partition: what has been sent to it, and what it keeps. */
    private final class Task {
        private final Deque<Shuffled> input = new ArrayDeque<>();
        private final MemoryStores stores;
        private RuleProcessor processor;

        private Task(int partition) {
            stores = new MemoryStores(partition);
            stores.clock(RuleStores.CLOCK);
            stores.packs(RuleStores.PACKS);
            stores.packs(RuleStores.MOVED);
            for (String name : List.of(RuleStores.RULES, RuleStores.ALERTS, RuleStores.RECORDED)) {
                stores.open(name, Serdes.String(), Serdes.ByteArray());
            }
            stores.context().setCurrentSystemTimeMs(0);
            processor = start();
        }

        private RuleProcessor start() {
            RuleProcessor started = new RuleProcessor(new RuleSettings(
                    book, tasks.length, PANE, TimeSettings.DEFAULTS, Duration.ofDays(7), EvaluatorSettings.DEFAULTS));
            started.init(context());
            return started;
        }

        @SuppressWarnings("unchecked")
        private MockProcessorContext<String, Object> context() {
            return (MockProcessorContext<String, Object>) (MockProcessorContext<?, ?>) stores.context();
        }

        private void step(int partition) {
            if (random.nextInt(ONE_IN_RESTARTS) == 0) {
                processor = start();
            }
            processor.process(new Record<>("", input.remove(), 0));
            context()
                    .forwarded()
                    .forEach(forward -> take(partition, forward.record().value()));
            context().resetForwards();
        }
    }

    private final RuleBook book = new RuleBook();
    private final Random random;
    private final Task[] tasks;
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final List<WindowAggregate> recorded = new ArrayList<>();
    private final Set<Integer> evaluating = new TreeSet<>();
    private RuleSet set = RuleSet.none(PANE);
    private RuleSet next = set;
    private Announcement announcement = new Announcement(set.id(), Announcement.ALWAYS);

    RuleStage(int partitions, long seed) {
        random = new Random(seed);
        book.turnTo(set);
        tasks = new Task[partitions];
        for (int i = 0; i < partitions; i++) {
            tasks[i] = new Task(i);
        }
    }

    /** Announces another set from a time on. */
    void turnTo(RuleSet to, long fromMs) {
        book.turnTo(to);
        next = to;
        announcement = new Announcement(to.id(), fromMs);
    }

    /** Sends a pane with one value. */
    void send(Series series, long startMs, double value) {
        Aggregate aggregate = new Aggregate(series.kind(), SketchRange.of(series.metric(), null));
        aggregate.record(startMs, value, null);
        DeltaPack.Writer pack = new DeltaPack.Writer();
        pack.begin(startMs, false);
        pack.add(SeriesCodec.encode(series), aggregate);
        RuleSet in = startMs >= announcement.fromMs() ? next : set;
        for (Route route : in.routes(series, tasks.length)) {
            tasks[route.partition()].input.add(new Shuffled.RuleInputs(route.unit(), pack.toByteArray()));
        }
    }

    /** Sends the watermark to all partitions; some of what waits is done then. */
    void advance(long watermarkMs) {
        for (Task task : tasks) {
            task.input.add(new Shuffled.Time(new Watermark(0, 1, watermarkMs, false, 0), announcement));
        }
        if (watermarkMs >= announcement.fromMs()) {
            set = next;
        }
        for (int i = random.nextInt(4 * tasks.length); i > 0; i--) {
            step(random.nextInt(tasks.length));
        }
    }

    /** Does all that waits, and says the time again to those that were restarted. */
    void finish(long watermarkMs) {
        for (int again = 0; again < AGAIN; again++) {
            advance(watermarkMs);
            for (boolean any = true; any; ) {
                any = false;
                for (int i = 0; i < tasks.length; i++) {
                    any |= step(i);
                }
            }
        }
    }

    private boolean step(int partition) {
        if (tasks[partition].input.isEmpty()) {
            return false;
        }
        tasks[partition].step(partition);
        return true;
    }

    private void take(int partition, Object output) {
        if (output instanceof MovedState moved) {
            tasks[moved.to()].input.add(moved);
        } else if (output instanceof AlertTransition transition) {
            transitions.add(transition);
            evaluating.add(partition);
        } else if (output instanceof WindowAggregate window) {
            recorded.add(window);
        }
    }

    /** By alert, each in its order. */
    List<AlertTransition> transitions() {
        return transitions.stream()
                .sorted(Comparator.comparing(AlertTransition::getFingerprint))
                .toList();
    }

    /** By tick and series. */
    List<WindowAggregate> recorded() {
        return recorded.stream()
                .sorted(Comparator.comparing(WindowAggregate::getWindowEnd)
                        .thenComparing(WindowAggregate::getMetric)
                        .thenComparing(window -> window.getLabels().toString()))
                .toList();
    }

    /** The partitions that changed alerts. */
    Set<Integer> evaluating() {
        return evaluating;
    }
}
