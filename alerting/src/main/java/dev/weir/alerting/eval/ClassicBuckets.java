package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Quantiles of cumulative {@code le} buckets, as Prometheus computes them. */
final class ClassicBuckets {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private ClassicBuckets() {}

    /** The quantile of each group of samples that differ only in {@code le}; a sample without a readable one is no bucket. */
    static List<Sample> quantiles(double q, List<Sample> samples) {
        Map<SortedMap<String, String>, List<Bucket>> groups = new LinkedHashMap<>();
        for (Sample sample : samples) {
            OptionalDouble bound = bound(sample.labels().getOrDefault(Selection.LE, ""));
            if (bound.isPresent()) {
                SortedMap<String, String> labels = new TreeMap<>(sample.labels());
                labels.remove(Selection.LE);
                groups.computeIfAbsent(labels, key -> new ArrayList<>())
                        .add(new Bucket(bound.getAsDouble(), sample.value()));
            }
        }
        return groups.entrySet().stream()
                .map(group -> Sample.of(Sample.withoutName(group.getKey()), quantile(q, group.getValue())))
                .toList();
    }

    private static OptionalDouble bound(String le) {
        String text = le.toLowerCase(java.util.Locale.ROOT);
        return switch (text) {
            case "+inf", "inf", "+infinity", "infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case "nan" -> OptionalDouble.of(Double.NaN);
            default ->
                DECIMAL.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
        };
    }

    /**
     * Linear interpolation in the bucket that holds rank q * n. The lowest bucket begins at 0 if its bound is above; the
     * highest has no width, so it answers with its lower bound. Bucket counts that fall (rates of buckets scraped apart) are
     * raised to the one before.
     */
    private static double quantile(double q, List<Bucket> unordered) {
        if (!(q >= 0 && q <= 1)) {
            return Quantiles.outside(q);
        }
        List<Bucket> buckets = monotone(unordered);
        int top = buckets.size() - 1;
        if (buckets.get(top).bound != Double.POSITIVE_INFINITY || top == 0) {
            return Double.NaN;
        }
        double observations = buckets.get(top).count;
        if (observations == 0) {
            return Double.NaN;
        }
        double rank = q * observations;
        int at = first(buckets, top, rank);
        if (at == top) {
            return buckets.get(top - 1).bound;
        }
        Bucket bucket = buckets.get(at);
        if (at == 0) {
            return bucket.bound <= 0 ? bucket.bound : bucket.bound * (rank / bucket.count);
        }
        Bucket below = buckets.get(at - 1);
        return below.bound + (bucket.bound - below.bound) * ((rank - below.count) / (bucket.count - below.count));
    }

    /** The first bucket below the top that holds the rank, else the top: by halving, as the counts may be NaN. */
    private static int first(List<Bucket> buckets, int top, double rank) {
        int from = 0;
        int to = top;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (buckets.get(middle).count >= rank) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /** By bound, those with the same one added up, no count below the one before. */
    private static List<Bucket> monotone(List<Bucket> unordered) {
        Map<Double, Double> counts = new TreeMap<>();
        unordered.stream()
                .sorted(Comparator.comparingDouble(Bucket::count))
                .forEach(bucket -> counts.merge(bucket.bound, bucket.count, Double::sum));
        List<Bucket> buckets = new ArrayList<>();
        double highest = Double.NaN;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            double count = bucket.getValue();
            highest = buckets.isEmpty() || count > highest ? count : highest;
            buckets.add(new Bucket(bucket.getKey(), count < highest ? highest : count));
        }
        return buckets;
    }

    private record Bucket(double bound, double count) {}
}
