package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.unittest.RuleTest.LabeledAlert;
import dev.weir.alerting.unittest.RuleTest.ValuedSample;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Compares what came out with what was expected; neither has an order. */
final class Expectations {
    /** Relative: the order of a sum is open, and its last digits depend on it. */
    private static final double TOLERANCE = 1e-12;

    private static final Comparator<SortedMap<String, String>> BY_LABELS = Expectations::compareLabels;
    private static final Comparator<LabeledAlert> ALERT_ORDER =
            Comparator.comparing(LabeledAlert::labels, BY_LABELS).thenComparing(LabeledAlert::annotations, BY_LABELS);
    private static final Comparator<ValuedSample> SAMPLE_ORDER = Comparator.comparing(ValuedSample::labels, BY_LABELS);

    private Expectations() {}

    static List<LabeledAlert> sortedAlerts(List<LabeledAlert> alerts) {
        return alerts.stream().sorted(ALERT_ORDER).toList();
    }

    static List<ValuedSample> sortedSamples(List<ValuedSample> samples) {
        return samples.stream().sorted(SAMPLE_ORDER).toList();
    }

    static ValuedSample valued(Sample sample) {
        return new ValuedSample(sample.labels(), sample.value());
    }

    /** True if sorted samples are the same; NaN, as everywhere, is not itself. */
    static boolean areEqual(List<ValuedSample> expected, List<ValuedSample> got) {
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < got.size(); i++) {
            boolean sameLabels = expected.get(i).labels().equals(got.get(i).labels());
            if (!sameLabels || !areEqual(expected.get(i).value(), got.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(double expected, double got) {
        return expected == got || Math.abs(expected - got) < TOLERANCE * Math.min(Math.abs(expected), Math.abs(got));
    }

    /** Label by label, name before value; of two that begin alike the shorter first. */
    private static int compareLabels(SortedMap<String, String> one, SortedMap<String, String> two) {
        Iterator<Map.Entry<String, String>> others = two.entrySet().iterator();
        for (Map.Entry<String, String> label : one.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> other = others.next();
            int names = label.getKey().compareTo(other.getKey());
            int order = names != 0 ? names : label.getValue().compareTo(other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
