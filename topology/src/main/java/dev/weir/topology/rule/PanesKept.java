package dev.weir.topology.rule;

import dev.weir.alerting.plan.PaneStep;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleUnit;

/**
 * For how long a group needs panes as they came, merged by the minute and merged by the hour, so that a range of days costs
 * hundreds of panes a series and not hundreds of thousands. Immutable.
 */
final class PanesKept {
    private final RuleUnit unit;
    private final long panesMs;
    private final long minutesMs;
    private final long hoursMs;

    PanesKept(RuleUnit unit) {
        this.unit = unit;
        panesMs = unit.range(PaneStep.PANE).toMillis();
        minutesMs = unit.range(PaneStep.MINUTE).toMillis();
        hoursMs = unit.range().toMillis();
    }

    /** Before this time panes are merged by the minute once the rules have been evaluated at a tick. */
    long mergedByMinuteMs(long tickMs) {
        return hoursMs > panesMs ? startOf(PaneStep.MINUTE, tickMs - panesMs) : Long.MIN_VALUE;
    }

    /** Before this time they are merged by the hour. */
    long mergedByHourMs(long tickMs) {
        return hoursMs > minutesMs ? startOf(PaneStep.HOUR, tickMs - minutesMs) : Long.MIN_VALUE;
    }

    /** Before this time they are forgotten: by whole minutes, as what a change of rules adds in front of them comes in minutes. */
    long forgottenMs(long tickMs) {
        return startOf(hoursMs > minutesMs ? PaneStep.HOUR : PaneStep.MINUTE, tickMs - hoursMs);
    }

    /** True for a series that is read further back than panes are kept as they came. */
    boolean byMinute(Series series) {
        return rangeMs(series) > panesMs;
    }

    /** True for a series that is read further back than it is kept by the minute. */
    boolean byHour(Series series) {
        return rangeMs(series) > minutesMs;
    }

    private long rangeMs(Series series) {
        return unit.range(series).toMillis();
    }

    private static long startOf(PaneStep step, long timeMs) {
        long lengthMs = step.length().toMillis();
        return Math.floorDiv(timeMs, lengthMs) * lengthMs;
    }
}
