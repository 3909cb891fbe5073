package dev.weir.app.config;

import dev.weir.alerting.template.External;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what the section {@code rules} says about how this installation shows itself to others. */
final class ExternalSection {
    /** Keys of labels: names of labels begin behind it. */
    static final String LABELS = "rules.external-labels.";

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private ExternalSection() {}

    static External read(Section section) {
        SortedMap<String, String> labels = new TreeMap<>(section.settings().all(LABELS));
        for (String name : labels.keySet()) {
            if (!LABEL.matcher(name).matches()) {
                section.settings().fault(LABELS + name, "is the name of a label, must match " + LABEL);
            }
        }
        String url = section.text("external-url", "");
        section.require(
                url.isEmpty() || HttpAddress.parse(url).isPresent(),
                "external-url",
                "is " + Secret.redact("external-url", url)
                        + ", must be an address such as https://prometheus.example/path, without user and query");
        // As Prometheus does, so that "{{ externalURL }}/graph" is an address.
        return new External(labels, url.replaceAll("/+$", ""));
    }
}
