package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.promql.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cumulative {@code le} buckets by group of labels, and Prometheus' quantiles of them. */
final class ClassicBuckets {
    private final @Nullable Grouping grouping;
    private final Map<String, Group> groups = new TreeMap<>();

    ClassicBuckets(@Nullable Grouping grouping) {
        this.grouping = grouping;
    }

    /** Adds the rate of one bucket; a sample without a readable {@code le} is no bucket. */
    void add(Sample bucket) {
        OptionalDouble bound = bound(bucket.labels().getOrDefault(Selection.LE, ""));
        if (bound.isPresent()) {
            SortedMap<String, String> labels = HistogramQuantile.groupLabels(grouping, bucket.labels());
            groups.computeIfAbsent(labels.toString(), text -> new Group(labels, new TreeMap<>()))
                    .buckets
                    .merge(bound.getAsDouble(), bucket.value(), Double::sum);
        }
    }

    List<Sample> quantiles(double q) {
        return groups.values().stream()
                .map(group -> Sample.of(group.labels, quantile(q, group.buckets)))
                .toList();
    }

    /** The quantile of a q that is none. */
    static double outside(double q) {
        return Double.isNaN(q) ? Double.NaN : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static OptionalDouble bound(String le) {
        return switch (le) {
            case "+Inf", "Inf", "inf", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf", "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> decimal(le).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        };
    }

    private static Optional<Double> decimal(String text) {
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Linear interpolation in the bucket that holds rank q * n, as Prometheus' bucketQuantile. The lowest bucket begins
     * at 0 if its bound is above; the highest has no width, so it answers with its lower bound. Bucket counts that fall
     * (rates of buckets scraped apart) are raised to the one before.
     */
    private static double quantile(double q, SortedMap<Double, Double> buckets) {
        if (!(q >= 0 && q <= 1)) {
            return outside(q);
        }
        if (!Double.isInfinite(buckets.lastKey()) || buckets.size() < 2) {
            return Double.NaN;
        }
        List<Double> bounds = new ArrayList<>(buckets.keySet());
        List<Double> counts = monotone(buckets);
        int top = bounds.size() - 1;
        if (counts.get(top) == 0) {
            return Double.NaN;
        }
        double rank = q * counts.get(top);
        int at = 0;
        while (at < top && !(counts.get(at) >= rank)) {
            at++;
        }
        if (at == top) {
            return bounds.get(top - 1);
        }
        if (at == 0 && bounds.get(0) <= 0) {
            return bounds.get(0);
        }
        double below = at == 0 ? 0 : counts.get(at - 1);
        double start = at == 0 ? 0 : bounds.get(at - 1);
        return start + (bounds.get(at) - start) * ((rank - below) / (counts.get(at) - below));
    }

    private static List<Double> monotone(SortedMap<Double, Double> buckets) {
        List<Double> counts = new ArrayList<>();
        double highest = Double.NEGATIVE_INFINITY;
        for (double count : buckets.values()) {
            highest = Math.max(highest, count);
            counts.add(highest);
        }
        return counts;
    }

    private record Group(SortedMap<String, String> labels, SortedMap<Double, Double> buckets) {}
}
