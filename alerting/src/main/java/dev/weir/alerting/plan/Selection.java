package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The series that one selector reads, and how far back.
 *
 * <p>A series is selected by its own name, or, if it is of kind OBSERVATION, by its name with {@code _bucket},
 * {@code _count} or {@code _sum} behind it. The labels {@code outcome} and {@code le} do not exist on COUNT and
 * OBSERVATION series: they come into being when panes are read, so matchers on them select no series there.
 */
public record Selection(String metric, List<LabelMatcher> matchers, Duration range) {
    /** How old the newest sample of an instant selector may be. */
    public static final Duration LOOKBACK = Duration.ofMinutes(5);

    public static final String OUTCOME = "outcome";
    public static final String LE = "le";

    private static final Set<String> DERIVED_LABELS = Set.of(OUTCOME, LE);

    public Selection {
        matchers = List.copyOf(matchers);
    }

    /** What an instant selector reads. */
    public static Selection instant(VectorSelector selector) {
        return new Selection(selector.metric(), selector.matchers(), LOOKBACK);
    }

    /** What a range selector reads. */
    public static Selection over(VectorSelector selector, Duration range) {
        return new Selection(selector.metric(), selector.matchers(), range);
    }

    public boolean selects(Series series) {
        return facet(series).isPresent();
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

    /** How this selection reads the series; empty if it does not. */
    public Optional<Facet> facet(Series series) {
        Optional<Facet> facet = named(series);
        boolean derived = series.kind() == MetricKind.COUNT || series.kind() == MetricKind.OBSERVATION;
        return facet.isPresent() && matches(series.allLabels(), derived) ? facet : Optional.empty();
    }

    private Optional<Facet> named(Series series) {
        if (metric.equals(series.metric())) {
            return Optional.of(Facet.SERIES);
        }
        if (series.kind() == MetricKind.OBSERVATION && metric.startsWith(series.metric())) {
            return Facet.withSuffix(metric.substring(series.metric().length()));
        }
        return Optional.empty();
    }

    private boolean matches(Map<String, String> labels, boolean derived) {
        for (LabelMatcher matcher : matchers) {
            boolean open = derived && DERIVED_LABELS.contains(matcher.label());
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
        return matchers.isEmpty()
                ? metric
                : metric + matchers.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
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

        static Optional<Facet> withSuffix(String suffix) {
            for (Facet facet : values()) {
                if (facet != SERIES && facet.suffix.equals(suffix)) {
                    return Optional.of(facet);
                }
            }
            return Optional.empty();
        }
    }
}
