package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The series that one selector reads, and how far back: from {@code offset + range} to {@code offset} before the tick.
 *
 * <p>A series is selected by its own name, or, if it is of kind OBSERVATION, by its name with {@code _bucket},
 * {@code _count} or {@code _sum} behind it. The labels {@code outcome} and {@code le} do not exist on COUNT and
 * OBSERVATION series: they come into being when panes are read, so matchers on them select no series there.
 *
 * @param metric the name; empty if matchers on {@code __name__} decide, which then have to be asked for every series
 */
public record Selection(String metric, List<LabelMatcher> matchers, Duration range, Duration offset) {
    /** How old the newest sample of an instant selector may be. */
    public static final Duration LOOKBACK = Duration.ofMinutes(5);

    public static final String OUTCOME = "outcome";
    public static final String LE = "le";

    private static final String NAME = "__name__";
    private static final Set<String> DERIVED_LABELS = Set.of(OUTCOME, LE);

    public Selection {
        matchers = List.copyOf(matchers);
        if (offset.isNegative()) {
            throw new IllegalArgumentException("offset is " + offset + ", must be >= 0");
        }
    }

    /** A selection up to the tick. */
    public Selection(String metric, List<LabelMatcher> matchers, Duration range) {
        this(metric, matchers, range, Duration.ZERO);
    }

    /** What an instant selector reads. */
    public static Selection instant(VectorSelector selector) {
        return new Selection(selector.metric(), selector.matchers(), LOOKBACK, selector.offset());
    }

    /** What a range selector reads. */
    public static Selection over(VectorSelector selector, Duration range) {
        return new Selection(selector.metric(), selector.matchers(), range, selector.offset());
    }

    /** How far before a tick this selection begins. */
    public Duration reach() {
        return range.plus(offset);
    }

    public boolean selects(Series series) {
        return !facets(series).isEmpty();
    }

    /** The names that series it reads can have; empty if it names no metric, so that any can. */
    public List<String> seriesNames() {
        return Arrays.stream(Facet.values())
                .filter(facet -> metric.endsWith(facet.suffix) && metric.length() > facet.suffix.length())
                .map(facet -> metric.substring(0, metric.length() - facet.suffix.length()))
                .toList();
    }

    /** All names under which a selector can read the series. */
    public static List<String> names(Series series) {
        if (series.kind() != MetricKind.OBSERVATION) {
            return List.of(series.metric());
        }
        return Arrays.stream(Facet.values())
                .map(facet -> series.metric() + facet.suffix)
                .toList();
    }

    /** The ways in which this selection reads the series: none, one, or, if it names no metric, maybe several. */
    public List<Facet> facets(Series series) {
        boolean derived = series.kind() == MetricKind.COUNT || series.kind() == MetricKind.OBSERVATION;
        if (!metric.isEmpty() && !metric.startsWith(series.metric())) {
            return List.of();
        }
        Stream<Facet> facets =
                series.kind() == MetricKind.OBSERVATION ? Arrays.stream(Facet.values()) : Stream.of(Facet.SERIES);
        List<Facet> named =
                facets.filter(facet -> isNamed(series.metric() + facet.suffix)).toList();
        return named.isEmpty() || !matches(series.allLabels(), derived) ? List.of() : named;
    }

    private boolean isNamed(String name) {
        return (metric.isEmpty() || metric.equals(name))
                && matchers.stream()
                        .filter(matcher -> matcher.label().equals(NAME))
                        .allMatch(matcher -> matcher.matches(name));
    }

    private boolean matches(Map<String, String> labels, boolean derived) {
        for (LabelMatcher matcher : matchers) {
            boolean open = matcher.label().equals(NAME) || (derived && DERIVED_LABELS.contains(matcher.label()));
            if (!open && !matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The matchers on a label, in their order. */
    public List<LabelMatcher> matchersOn(String label) {
        return matchers.stream()
                .filter(matcher -> matcher.label().equals(label))
                .toList();
    }

    /** The selector as written, without the range. */
    @Override
    public String toString() {
        String braces = matchers.isEmpty() && !metric.isEmpty()
                ? ""
                : matchers.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
        return metric + braces;
    }

    /** Part of a series that a name stands for. */
    public enum Facet {
        /** The series itself. */
        SERIES(""),
        /** Its distribution. */
        BUCKET("_bucket"),
        /** The number of its observations. */
        COUNT("_count"),
        /** The sum of its observations. */
        SUM("_sum");

        private final String suffix;

        Facet(String suffix) {
            this.suffix = suffix;
        }

        /** What stands behind the name of the series. */
        public String suffix() {
            return suffix;
        }
    }
}
