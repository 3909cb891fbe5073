package dev.weir.alerting.template;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a template can read: labels of the sample ({@code $labels}, metric name included) and its {@code $value}. */
public record TemplateData(SortedMap<String, String> labels, double value, TemplateContext context) {
    public TemplateData {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    public TemplateData(Map<String, String> labels, double value, TemplateContext context) {
        this(new TreeMap<>(labels), value, context);
    }
}
