package dev.weir.alerting.lifecycle;

import dev.weir.alerting.eval.BoundExceededException;
import dev.weir.alerting.eval.BoundExceededException.Bound;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.fingerprint.Fnv64;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.template.Template;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.alerting.template.TemplateData;
import java.util.SortedMap;
import java.util.TreeMap;

/** A sample as the alert that it raises: labelled and annotated. */
record RaisedAlert(
        String fingerprint, SortedMap<String, String> labels, SortedMap<String, String> annotations, Sample sample) {
    static final String ALERT_NAME = "alertname";

    /** No name of a label. */
    private static final String END_OF_RULE = "";

    /**
     * The sample's labels without the metric name, then the rule's, then the alert's name; an empty label is none.
     *
     * @param group id of the rule's group
     * @param mostText how many characters a label or an annotation may have once its template is filled in
     * @throws BoundExceededException if one has more
     */
    static RaisedAlert of(Rule.Alerting rule, String group, Sample sample, TemplateContext context, int mostText) {
        TemplateData data = new TemplateData(sample.labels(), sample.value(), context);
        SortedMap<String, String> labels = new TreeMap<>(sample.labels());
        labels.remove(Sample.NAME);
        labels.putAll(rendered(rule.labels(), data, mostText));
        labels.put(ALERT_NAME, rule.name());
        labels.values().removeIf(String::isEmpty);
        return new RaisedAlert(
                fingerprint(rule, group, labels), labels, rendered(rule.annotations(), data, mostText), sample);
    }

    /**
     * FNV-1a over what tells the rule from all others, its group and its labels as written, and over the alert's labels, names and
     * values in the order of the names; the alert's name is one of them. So alerts that look alike and come from two rules are two,
     * each with sequence numbers of its own.
     */
    static String fingerprint(Rule.Alerting rule, String group, SortedMap<String, String> labels) {
        Fnv64 hash = new Fnv64().add(group);
        rule.labels().forEach((name, template) -> hash.add(name).add(template.source()));
        hash.add(END_OF_RULE);
        labels.forEach((name, value) -> hash.add(name).add(value));
        return hash.hex();
    }

    private static SortedMap<String, String> rendered(
            SortedMap<String, Template> templates, TemplateData data, int mostText) {
        SortedMap<String, String> texts = new TreeMap<>();
        templates.forEach((name, template) -> {
            String text = template.render(data);
            if (text.length() > mostText) {
                throw new BoundExceededException(
                        Bound.TEXT,
                        "template of " + name + " gives " + text.length() + " characters, must be at most " + mostText
                                + ": the alerts of the rule stay as they are (rules.bounds.text)");
            }
            texts.put(name, text);
        });
        return texts;
    }
}
