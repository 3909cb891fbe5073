package dev.weir.alerting.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.LabelMatcher;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code label_replace} and {@code label_join}. */
final class LabelFunctions {
    private LabelFunctions() {}

    /** Arguments: destination, replacement, source, regular expression. */
    static List<Sample> replace(Call call, List<Sample> samples) {
        String destination = text(call, 1);
        String template = text(call, 2);
        String source = text(call, 3);
        Pattern pattern = LabelMatcher.anchored(text(call, 4));
        return samples.stream()
                .map(sample -> {
                    Matcher matcher = pattern.matcher(sample.labels().getOrDefault(source, ""));
                    return matcher.matches()
                            ? labelled(sample, destination, RegexTemplate.expand(template, matcher))
                            : sample;
                })
                .toList();
    }

    /** Arguments: destination, separator, sources. */
    static List<Sample> join(Call call, List<Sample> samples) {
        String destination = text(call, 1);
        String separator = text(call, 2);
        List<String> sources =
                call.arguments().stream().skip(3).map(LabelFunctions::text).toList();
        return samples.stream()
                .map(sample -> labelled(
                        sample,
                        destination,
                        sources.stream()
                                .map(source -> sample.labels().getOrDefault(source, ""))
                                .collect(Collectors.joining(separator))))
                .toList();
    }

    private static Sample labelled(Sample sample, String label, String value) {
        SortedMap<String, String> labels = new TreeMap<>(sample.labels());
        labels.put(label, value);
        return sample.withLabels(labels);
    }

    private static String text(Call call, int argument) {
        return text(call.arguments().get(argument));
    }

    private static String text(Expr expr) {
        return ((StringLiteral) expr.unwrapped()).value();
    }
}
