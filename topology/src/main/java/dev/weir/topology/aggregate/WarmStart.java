package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.Route;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.RuleUnit;
import dev.weir.topology.shuffle.SeriesCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * Sends rule groups, when their rules change, what they now read of the time before and have not been sent: the closed minutes
 * of the series, each as one pane. So a new rule over an hour knows that hour at its first tick. Late events are in those
 * minutes, which panes leave out; a range that begins inside of such a minute begins with the next one. It reaches back as far as
 * closed minutes are kept: the late retention. One thread.
 */
final class WarmStart {
    /** How far back a group that reads a series now has panes of it, and had before. */
    private record Reach(Route route, long nowMs, long beforeMs) {}

    private final ClosedWindows closedMinutes;
    private final RuleInputs ruleInputs;
    private final int partitions;

    /** @param partitions of the rule stage */
    WarmStart(ClosedWindows closedMinutes, RuleInputs ruleInputs, int partitions) {
        this.partitions = partitions;
        this.closedMinutes = closedMinutes;
        this.ruleInputs = ruleInputs;
    }

    /** All minutes before {@code fromMs}, from which on panes are sent by the new set, must be closed. */
    void send(RuleSet before, RuleSet now, long fromMs) {
        if (fromMs == Announcement.ALWAYS) {
            return;
        }
        Duration longest = now.units().stream()
                .filter(unit -> !before.units().contains(unit))
                .map(RuleUnit::range)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (longest.isZero()) {
            return;
        }
        Map<Bytes, List<Reach>> known = new HashMap<>();
        long[] minuteMs = {Long.MIN_VALUE};
        closedMinutes.forEachFrom(WindowSize.MINUTE.startOf(fromMs - longest.toMillis()), (startMs, entry) -> {
            if (startMs != minuteMs[0]) {
                ruleInputs.flush();
                minuteMs[0] = startMs;
            }
            byte[] id = Arrays.copyOfRange(entry.array(), entry.seriesFrom(), entry.seriesTo());
            List<Reach> reaches =
                    known.computeIfAbsent(Bytes.wrap(id), key -> reaches(SeriesCodec.decode(id), before, now));
            List<Route> routes = reaches.stream()
                    .filter(reach -> startMs < fromMs - reach.beforeMs && startMs >= fromMs - reach.nowMs)
                    .map(Reach::route)
                    .toList();
            if (!routes.isEmpty()) {
                ruleInputs.add(startMs, id, routes, entry.aggregate());
            }
        });
        ruleInputs.flush();
    }

    private List<Reach> reaches(Series series, RuleSet before, RuleSet now) {
        List<Reach> reaches = new ArrayList<>();
        List<String> readingBefore = before.groupsSelecting(series);
        for (Route route : now.routes(series, partitions)) {
            String group = route.unit();
            long nowMs = wholeMinutes(now.range(group));
            long beforeMs = readingBefore.contains(group) ? wholeMinutes(before.range(group)) : 0;
            if (nowMs > beforeMs) {
                reaches.add(new Reach(route, nowMs, beforeMs));
            }
        }
        return reaches;
    }

    private static long wholeMinutes(Duration range) {
        return WindowSize.MINUTE.endOf(WindowSize.MINUTE.startOf(range.toMillis() - 1));
    }
}
