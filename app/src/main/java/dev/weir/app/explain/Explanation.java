package dev.weir.app.explain;

import dev.weir.alerting.group.GroupPlan;
import dev.weir.alerting.plan.Operand;
import dev.weir.alerting.plan.PaneStep;
import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.StateSize;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Grouping;
import dev.weir.alerting.promql.PromDuration;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.Placement;
import dev.weir.topology.ruleset.RuleUnit;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Prints plans for people. */
public final class Explanation {
    private static final int MOST_SERIES_SHOWN = 5;

    private final Optional<Collection<Series>> known;
    private final PrintWriter out;

    /** @param known the series that there are; empty if nothing was asked for them */
    public Explanation(Optional<Collection<Series>> known, PrintWriter out) {
        this.known = known;
        this.out = out;
    }

    /** Explains the rules of a group, in order. */
    public void print(RuleUnit unit) {
        RuleGroup group = unit.group();
        GroupPlan plan = GroupPlan.of(group);
        out.println("group " + group.id() + ": " + group.rules().size() + " rules every "
                + PromDuration.format(group.interval()));
        out.println("  shards  " + place(unit));
        out.println("  state   " + state(plan.selections(), plan));
        for (int i = 0; i < plan.rules().size(); i++) {
            out.println();
            print(group.rules().get(i), plan.rules().get(i), plan);
        }
        out.println();
    }

    private static String place(RuleUnit unit) {
        Placement placement = unit.placement();
        return placement.isDivided()
                ? placement.shards() + ", over all partitions"
                : "a single shard, in one partition";
    }

    private void print(Rule rule, RulePlan plan, GroupPlan group) {
        out.println("  " + title(rule));
        PlanTree.lines(rule.expr()).forEach(line -> out.println("    " + line));
        for (Operand operand : plan.operands()) {
            print(operand, group);
        }
        out.println("    shards  possible " + plan.shards());
        out.println("    state   " + state(plan.selections(), group));
    }

    private static String title(Rule rule) {
        if (rule instanceof Rule.Alerting alerting) {
            return "alert " + rule.name()
                    + (alerting.holdFor().isZero() ? "" : ", for " + PromDuration.format(alerting.holdFor()))
                    + (alerting.keepFiringFor().isZero()
                            ? ""
                            : ", keeps firing for " + PromDuration.format(alerting.keepFiringFor()));
        }
        return "record " + rule.name();
    }

    private void print(Operand operand, GroupPlan group) {
        Selection selection = operand.selection();
        out.println("    reads   " + selection + ": " + span(selection));
        out.println("            " + combining(operand));
        if (group.recorded().contains(selection.metric())) {
            out.println("            recorded by this group");
        }
        known.ifPresent(series -> printMatching(series.stream()
                .filter(selection::selects)
                .map(Series::key)
                .sorted()
                .toList()));
    }

    private void printMatching(List<String> keys) {
        out.println("            " + keys.size() + " series" + " match" + (keys.size() == 1 ? "es" : "")
                + (keys.isEmpty() ? "" : ":"));
        keys.stream().limit(MOST_SERIES_SHOWN).forEach(key -> out.println("              " + key));
        if (keys.size() > MOST_SERIES_SHOWN) {
            out.println("              and " + (keys.size() - MOST_SERIES_SHOWN) + " more");
        }
    }

    private static String span(Selection selection) {
        PaneStep step = PaneStep.of(selection.range());
        String length = PromDuration.format(step.length());
        String panes =
                PromDuration.format(selection.range()) + " in " + step.panes(selection.range()) + " panes of " + length;
        return step == PaneStep.PANE ? panes : panes + "; its edges move in steps of " + length;
    }

    private static String combining(Operand operand) {
        Optional<Grouping> grouping = operand.combinedTo();
        if (grouping.isEmpty()) {
            return "each series is kept";
        }
        String labels = String.join(", ", grouping.get().labels());
        String kept = grouping.get().equals(Grouping.ALL_TOGETHER)
                ? "into one"
                : (grouping.get().by() ? "by " : "by all labels but ") + labels;
        return "counts and histograms could be combined " + kept + "; the stream keeps every series";
    }

    private String state(List<Selection> selections, GroupPlan group) {
        List<Selection> received = selections.stream()
                .filter(selection -> !group.recorded().contains(selection.metric()))
                .toList();
        if (received.isEmpty()) {
            return "nothing of its own: it reads what the group records";
        }
        if (known.isEmpty()) {
            StateSize each = received.stream().map(StateSize::ofEach).reduce(StateSize.NOTHING, StateSize::plus);
            return "about " + bytes(each.bytes()) + " if each selector matches one series (" + each.panes()
                    + " panes); no series are known";
        }
        List<StateSize> sizes = known.get().stream()
                .map(series -> StateSize.of(received, series))
                .filter(size -> size.panes() > 0)
                .toList();
        StateSize all = sizes.stream().reduce(StateSize.NOTHING, StateSize::plus);
        return sizes.isEmpty()
                ? "nothing yet: no series match"
                : "about " + bytes(all.bytes()) + " for " + sizes.size() + " series" + ", "
                        + bytes(all.bytes() / sizes.size()) + " each";
    }

    private static String bytes(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? Math.round(bytes / 1024.0) + " KiB"
                : ExprText.number(Math.round(bytes / 1024.0 / 1024 * 10) / 10.0) + " MiB";
    }
}
