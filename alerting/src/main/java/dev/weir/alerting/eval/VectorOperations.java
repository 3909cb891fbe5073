package dev.weir.alerting.eval;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.VectorMatching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Operators between two vectors: one-to-one on equal labels, and the set operators. */
final class VectorOperations {
    private VectorOperations() {}

    static List<Sample> apply(Binary binary, List<Sample> left, List<Sample> right) {
        return switch (binary.operator()) {
            case AND -> retained(left, keys(right, binary.matching()), binary.matching(), true);
            case UNLESS -> retained(left, keys(right, binary.matching()), binary.matching(), false);
            case OR -> {
                List<Sample> union = new ArrayList<>(left);
                union.addAll(retained(right, keys(left, binary.matching()), binary.matching(), false));
                yield union;
            }
            default -> oneToOne(binary, left, right);
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

    private static List<Sample> oneToOne(Binary binary, List<Sample> left, List<Sample> right) {
        Map<Map<String, String>, Sample> byKey = new HashMap<>();
        for (Sample sample : right) {
            Map<String, String> key = binary.matching().key(sample.labels());
            Sample other = byKey.put(key, sample);
            if (other != null) {
                throw new EvaluationException("found duplicate series for the match group " + key
                        + " on the right hand-side of the operation: [" + other.labels() + ", " + sample.labels()
                        + "]; many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
        List<Sample> results = new ArrayList<>();
        Set<Map<String, String>> matched = new HashSet<>();
        for (Sample sample : left) {
            Map<String, String> key = binary.matching().key(sample.labels());
            Sample partner = byKey.get(key);
            if (partner != null && addResult(binary, sample, partner, results) && !matched.add(key)) {
                throw new EvaluationException("multiple matches for labels " + key
                        + ": many-to-one matching must be explicit (group_left/group_right)");
            }
        }
        return results;
    }

    private static boolean addResult(Binary binary, Sample left, Sample right, List<Sample> results) {
        double result = Arithmetic.value(binary.operator(), left.value(), right.value());
        boolean filters = binary.operator().kind() == BinaryOperator.Kind.COMPARISON && !binary.bool();
        if (filters && result == 0) {
            return false;
        }
        results.add(
                filters
                        ? left.withLabels(resultLabels(binary.matching(), left.labels()))
                        : new Sample(resultLabels(binary.matching(), Sample.withoutName(left.labels())), result, null));
        return true;
    }

    /** One-to-one drops what did not take part in matching; a filter keeps the metric name unless on() leaves it out. */
    private static SortedMap<String, String> resultLabels(VectorMatching matching, SortedMap<String, String> left) {
        SortedMap<String, String> labels = matching.key(left);
        String name = left.get(Sample.NAME);
        if (name != null && !matching.on()) {
            labels.put(Sample.NAME, name);
        }
        return labels;
    }
}
