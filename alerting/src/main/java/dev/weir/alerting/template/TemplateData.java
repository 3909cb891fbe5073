package dev.weir.alerting.template;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a template can read.
 *
 * @param labels {@code $labels}: those of the sample, metric name included
 * @param value {@code $value}: that of the sample
 */
public record TemplateData(SortedMap<String, String> labels, double value, TemplateContext context) {
    public TemplateData {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    public TemplateData(Map<String, String> labels, double value, TemplateContext context) {
        this(new TreeMap<>(labels), value, context);
    }
}
