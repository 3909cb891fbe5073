package dev.weir.alerting.template;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How this installation shows itself to templates.
 *
 * @param labels {@code $externalLabels}
 * @param url {@code externalURL}, from which {@code pathPrefix} is taken
 */
public record External(SortedMap<String, String> labels, String url) {
    public static final External NONE = new External(new TreeMap<>(), "");

    public External {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
