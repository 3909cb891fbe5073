package dev.weir.app.config;

import dev.weir.sink.RawMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads {@code store.raw.metrics}: names of metrics, or mappings {@code {name, sample}}. */
final class RawMetricSection {
    private static final String KEY = "store.raw.metrics";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\*?");

    private final Settings settings;
    private final List<RawMetric> metrics = new ArrayList<>();

    private RawMetricSection(Settings settings) {
        this.settings = settings;
    }

    static List<RawMetric> read(Settings settings) {
        RawMetricSection section = new RawMetricSection(settings);
        List<String> items = settings.items(KEY);
        if (items.isEmpty()) {
            settings.list(KEY, List.of()).forEach(name -> section.add(KEY, name, 1));
        }
        items.forEach(section::item);
        return List.copyOf(section.metrics);
    }

    private void item(String item) {
        Section section = new Section(settings, item);
        if (settings.source(item + ".name").isEmpty()) {
            settings.faultIn(item, "has no name, must have the name of a metric");
        }
        String name = section.text("name", "");
        OptionalDouble sample =
                settings.source(item + ".sample").isEmpty() ? OptionalDouble.of(1) : section.number("sample");
        sample.ifPresent(share -> {
            if (share > 0 && share <= 1) {
                add(item + ".name", name, share);
            } else {
                section.require(false, "sample", "is " + share + ", must be > 0 and <= 1");
            }
        });
    }

    private void add(String key, String name, double sample) {
        if (NAME.matcher(name).matches()) {
            metrics.add(new RawMetric(name, sample));
        } else if (settings.source(key).isPresent()) {
            settings.fault(key, "is " + name + ", must match " + NAME);
        }
    }
}
