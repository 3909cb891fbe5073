package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.PromqlException;
import dev.weir.alerting.promql.StringLexeme;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric as test files write it, {@code up{job="a"}}; the name, the braces or both may be missing.
 *
 * @param labels the name as {@code __name__}
 * @param end offset behind the metric
 */
record MetricText(SortedMap<String, String> labels, int end) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*(?=[\"'`])");
    private static final Pattern BLANKS = Pattern.compile("\\s*");

    MetricText {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /**
     * Reads a text that is a metric and nothing else.
     *
     * @throws NotationException if it is none
     */
    static SortedMap<String, String> parse(String text) {
        MetricText metric = read(text);
        int end = skip(BLANKS, text, metric.end);
        if (end < text.length()) {
            throw new NotationException(end, "unexpected " + rest(text, end) + " behind the metric");
        }
        return metric.labels;
    }

    /**
     * Reads the metric that a text begins with.
     *
     * @throws NotationException if it begins with none
     */
    static MetricText read(String text) {
        SortedMap<String, String> labels = new TreeMap<>();
        int at = skip(BLANKS, text, 0);
        int behindName = skip(NAME, text, at);
        if (behindName > at) {
            labels.put(Sample.NAME, text.substring(at, behindName));
        }
        int brace = skip(BLANKS, text, behindName);
        int end = text.startsWith("{", brace) ? readLabels(text, brace + 1, labels) : behindName;
        return new MetricText(labels, end);
    }

    private static int readLabels(String text, int start, SortedMap<String, String> labels) {
        int at = skip(BLANKS, text, start);
        while (!text.startsWith("}", at)) {
            Matcher label = LABEL.matcher(text).region(at, text.length());
            if (!label.lookingAt()) {
                throw new NotationException(at, "unexpected " + rest(text, at) + ", must be a label as in job=\"a\"");
            }
            StringLexeme value = quoted(text, label.end());
            labels.put(label.group(1), value.content());
            at = skip(BLANKS, text, value.end());
            if (text.startsWith(",", at)) {
                at = skip(BLANKS, text, at + 1);
            } else if (!text.startsWith("}", at)) {
                throw new NotationException(at, "unexpected " + rest(text, at) + ", must be , or }");
            }
        }
        return at + 1;
    }

    private static StringLexeme quoted(String text, int start) {
        try {
            return StringLexeme.read(text, start);
        } catch (PromqlException e) {
            throw new NotationException(e.position().offset(), e.fault());
        }
    }

    private static int skip(Pattern pattern, String text, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() : at;
    }

    private static String rest(String text, int at) {
        return at == text.length() ? "end" : "\"" + text.substring(at) + "\"";
    }
}
