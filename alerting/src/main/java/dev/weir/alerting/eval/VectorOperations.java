package dev.weir.alerting.eval;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.VectorMatching;
import dev.weir.alerting.promql.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Operators between two vectors: on equal labels one sample of one side with one or many of the other; and the set operators. */
final class VectorOperations {
    private final Binary binary;
    private final VectorMatching matching;
    private final List<Sample> results = new ArrayList<>();
    /** For each matched key the labels of its results. */
    private final Map<Map<String, String>, Set<Map<String, String>>> matched = new HashMap<>();

    private VectorOperations(Binary binary) {
        this.binary = binary;
        this.matching = binary.matching();
    }

    static List<Sample> apply(Binary binary, List<Sample> left, List<Sample> right) {
        VectorMatching matching = binary.matching();
        return switch (binary.operator()) {
            case AND -> retained(left, keys(right, matching), matching, true);
            case UNLESS -> retained(left, keys(right, matching), matching, false);
            case OR -> {
                List<Sample> union = new ArrayList<>(left);
                union.addAll(retained(right, keys(left, matching), matching, false));
                yield union;
            }
            default ->
                left.isEmpty() || right.isEmpty() ? List.of() : new VectorOperations(binary).matched(left, right);
        };
    }

    private static Set<Map<String, String>> keys(List<Sample> samples, VectorMatching matching) {
        Set<Map<String, String>> keys = new HashSet<>();
        samples.forEach(sample -> keys.add(matching.key(sample.labels())));
        return keys;
    }

    private static List<Sample> retained(
            List<Sample> samples, Set<Map<String, String>> keys, VectorMatching matching, boolean present) {
        return samples.stream()
                .filter(sample -> keys.contains(matching.key(sample.labels())) == present)
                .toList();
    }

    private List<Sample> matched(List<Sample> left, List<Sample> right) {
        boolean oneLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
        Map<Map<String, String>, Sample> ones = uniqueByKey(oneLeft ? left : right, oneLeft ? "left" : "right");
        for (Sample many : oneLeft ? right : left) {
            Map<String, String> key = matching.key(many.labels());
            Sample one = ones.get(key);
            if (one != null) {
                add(key, many, one, oneLeft);
            }
        }
        return results;
    }

    private Map<Map<String, String>, Sample> uniqueByKey(List<Sample> samples, String side) {
        Map<Map<String, String>, Sample> byKey = new HashMap<>();
        for (Sample sample : samples) {
            SortedMap<String, String> key = matching.key(sample.labels());
            Sample other = byKey.put(key, sample);
            if (other != null) {
                throw new EvaluationException("found duplicate series for the match group " + Sample.text(key)
                        + " on the " + side + " hand-side of the operation: [" + Sample.text(sample.labels()) + ", "
                        + Sample.text(other.labels())
                        + "];many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
        return byKey;
    }

    private void add(Map<String, String> key, Sample many, Sample one, boolean oneLeft) {
        Sample left = oneLeft ? one : many;
        Sample right = oneLeft ? many : one;
        double value = Arithmetic.value(binary.operator(), left.value(), right.value());
        boolean filters = binary.operator().kind() == BinaryOperator.Kind.COMPARISON && !binary.bool();
        if (filters && value == 0) {
            return;
        }
        SortedMap<String, String> labels = resultLabels(many, one);
        Set<Map<String, String>> results = matched.get(key);
        if (results != null && matching.cardinality() == Cardinality.ONE_TO_ONE) {
            throw new EvaluationException(
                    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }
        if (results != null && results.contains(labels)) {
            throw new EvaluationException("multiple matches for labels: grouping labels must ensure unique matches");
        }
        matched.computeIfAbsent(key, absent -> new HashSet<>()).add(labels);
        this.results.add(filters ? left.withLabels(labels) : new Sample(labels, value, null));
    }

    /** One-to-one drops what did not take part in matching. */
    private SortedMap<String, String> resultLabels(Sample many, Sample one) {
        SortedMap<String, String> labels = new TreeMap<>(many.labels());
        if (!binary.operator().keepsName()) {
            labels.remove(Sample.NAME);
        }
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            if (matching.on()) {
                labels.keySet().retainAll(matching.labels());
            } else {
                labels.keySet().removeAll(matching.labels());
            }
        }
        for (String label : matching.included()) {
            labels.put(label, one.labels().getOrDefault(label, ""));
        }
        if (binary.bool()) {
            labels.remove(Sample.NAME);
        }
        labels.values().removeIf(String::isEmpty);
        return labels;
    }
}
