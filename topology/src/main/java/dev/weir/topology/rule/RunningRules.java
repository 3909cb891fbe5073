package dev.weir.topology.rule;

import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.Placement;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.RuleUnit;
import dev.weir.topology.ruleset.StoredRules;
import dev.weir.topology.shuffle.MovedState;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule groups of one partition at work, and their change to those of another set. One thread. */
final class RunningRules {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRules.class);
    private static final int MOST_TICKS_A_CALL = 1_000;
    private static final String RUNNING = "running";

    private final RuleSettings settings;
    private final int partition;
    private final StoredRules stored;
    private final RulePaneStore panes;
    private final AlertStore alerts;
    private final Handover handover;
    private final KeyValueStore<String, Long> ticks;
    private final RuleMetrics metrics;
    private final GroupEvaluation.Output output;
    private final Map<String, GroupEvaluation> groups = new LinkedHashMap<>();
    private RuleSet set;

    /** The set that ran before a restart; at first no rules. */
    RunningRules(
            RuleSettings settings,
            int partition,
            StoredRules stored,
            RulePaneStore panes,
            AlertStore alerts,
            Handover handover,
            KeyValueStore<String, Long> ticks,
            RuleMetrics metrics,
            GroupEvaluation.Output output) {
        this.settings = settings;
        this.partition = partition;
        this.stored = stored;
        this.panes = panes;
        this.alerts = alerts;
        this.handover = handover;
        this.ticks = ticks;
        this.metrics = metrics;
        this.output = output;
        set = stored.get(RUNNING, settings.pane());
        set.units().forEach(this::start);
        panes.restore();
    }

    /** Id of the set that runs. */
    long id() {
        return set.id();
    }

    /** Takes panes of a group; also of one that a set to come will have. */
    void add(Shuffled.RuleInputs inputs) {
        panes.add(inputs);
    }

    /** Evaluates the ticks up to a time, as far as the bound on the work of one call lets it; true if none is left. */
    boolean advance(long untilMs) {
        return advance(untilMs, group -> true);
    }

    /** As {@link #advance(long)}, of the groups that are the same in all these sets: their panes came by whichever it was. */
    boolean advanceShared(long untilMs, Collection<RuleSet> sets) {
        return advance(untilMs, group -> isShared(group, sets));
    }

    private boolean advance(long untilMs, Predicate<String> which) {
        if (untilMs == Watermark.UNKNOWN) {
            return true;
        }
        if (!handover.isComplete(this::take)) {
            return false;
        }
        boolean reached = true;
        for (Map.Entry<String, GroupEvaluation> group : groups.entrySet()) {
            if (which.test(group.getKey())) {
                panes.keep(group.getKey(), rangeToCome(group.getKey()));
                reached &= group.getValue().advance(untilMs, MOST_TICKS_A_CALL, output);
            }
        }
        return reached;
    }

    /** How far back the next set reads for a group: what is sent for that ahead of the change outlives the ticks before it. */
    private Duration rangeToCome(String group) {
        return settings.rules()
                .current()
                .filter(next -> next.id() != set.id())
                .map(next -> next.range(group))
                .orElse(Duration.ZERO);
    }

    private boolean isShared(String group, Collection<RuleSet> sets) {
        Optional<RuleUnit> own = set.unit(group);
        return !sets.isEmpty() && sets.stream().allMatch(one -> one.unit(group).equals(own));
    }

    /** Leaves out the ticks up to a time of the groups that differ between these sets: their panes were not all sent. */
    void skip(long untilMs, Collection<RuleSet> sets) {
        for (String id : groups.keySet()) {
            Long tickMs = ticks.get(id);
            if (!isShared(id, sets) && (tickMs == null || tickMs < untilMs)) {
                LOG.warn(
                        "rule group {} is not evaluated up to {}: not all partitions sent panes by the same rules",
                        id,
                        Instant.ofEpochMilli(untilMs));
                metrics.skipped();
                ticks.put(id, untilMs);
            }
        }
    }

    /** Forgets alerts that ended, when the alerts topic has too. */
    void forgetAlerts() {
        // Its segments are deleted as a whole, when their last record is old.
        alerts.forget(settings.alertsKept().multipliedBy(2));
    }

    /** Runs another set for the ticks behind a time; all up to it must have been evaluated. */
    void turnTo(RuleSet next, long fromMs) {
        Set<String> ids = new LinkedHashSet<>(groups.keySet());
        next.units().stream().map(RuleUnit::id).forEach(ids::add);
        for (String id : ids) {
            Long tickMs = ticks.get(id);
            long changedMs = Math.max(fromMs, tickMs == null ? Announcement.ALWAYS : tickMs);
            new RuleChange(id, changedMs, alerts, output::transition)
                    .apply(set.unit(id).map(RuleUnit::group), next.unit(id).map(RuleUnit::group));
            if (!isHere(next, id)) {
                ticks.delete(id);
            } else if (changedMs != Announcement.ALWAYS) {
                ticks.put(id, changedMs);
            }
        }
        RuleSet before = set;
        set = next;
        stored.put(RUNNING, next);
        groups.clear();
        next.units().forEach(this::start);
        if (fromMs != Announcement.ALWAYS) {
            next.units().stream()
                    .map(unit -> next.placement(unit.id()).orElseThrow())
                    .filter(placement -> !before.placement(placement.unit()).equals(Optional.of(placement)))
                    .forEach(placement -> move(placement, fromMs));
        }
        panes.retain(id -> isHere(next, id), fromMs);
        Set<String> recorded = new HashSet<>();
        groups.values().forEach(group -> recorded.addAll(group.keys()));
        alerts.retainRecorded(recorded);
    }

    private void move(Placement placement, long fromMs) {
        RuleUnit unit = set.unit(placement.unit()).orElseThrow();
        UnitMove move = new UnitMove(unit, placement, settings.partitions(), fromMs, handover);
        move.givePanes(panes);
        move.giveAlerts(alerts);
        handover.await(fromMs);
    }

    /** Takes what another partition kept of a unit. */
    private void take(MovedState moved) {
        switch (moved.kind()) {
            case PANES -> panes.add(new Shuffled.RuleInputs(moved.key(), moved.value()));
            case ALERT -> alerts.add(moved.key(), moved.value());
            case RECORDED -> alerts.addRecorded(moved.key(), moved.value());
            case END -> throw new IllegalStateException("the end of a handover was held");
        }
    }

    private void start(RuleUnit unit) {
        if (isHere(set, unit.id())) {
            groups.put(unit.id(), new GroupEvaluation(unit, settings.evaluator(), panes, alerts, ticks, metrics));
        }
    }

    /** True if this partition evaluates some of a group of the set. */
    private boolean isHere(RuleSet in, String group) {
        return in.placement(group)
                .filter(placement -> placement.includes(partition, settings.partitions()))
                .isPresent();
    }
}
