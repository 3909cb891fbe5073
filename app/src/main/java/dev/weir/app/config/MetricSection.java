package dev.weir.app.config;

import dev.weir.sketch.SketchRange;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.MetricSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code metrics}, a list of mappings {@code {name, sketch: {lowest, highest, digits}, deduplicate}}. */
final class MetricSection {
    private static final String SECTION = "metrics";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final int DEFAULT_DIGITS = 2;
    private static final Duration LEAST_DEDUPLICATION = Duration.ofSeconds(1);
    private static final Duration MOST_DEDUPLICATION = Duration.ofHours(24);

    private final Settings settings;
    private final Map<String, String> itemByName = new HashMap<>();

    private MetricSection(Settings settings) {
        this.settings = settings;
    }

    static MetricCatalog read(Settings settings) {
        List<String> items = settings.items(SECTION);
        if (items.isEmpty() && !settings.list(SECTION, List.of()).isEmpty()) {
            settings.fault(SECTION, "holds texts, must hold mappings with name and sketch or deduplicate");
        }
        MetricSection section = new MetricSection(settings);
        List<MetricSettings> metrics = new ArrayList<>();
        items.forEach(item -> section.read(item).ifPresent(metrics::add));
        return new MetricCatalog(metrics);
    }

    /** Empty if it has a fault. */
    private Optional<MetricSettings> read(String item) {
        Section section = new Section(settings, item);
        boolean hasSketch = settings.hasAny(item + ".sketch.");
        boolean hasDeduplication = settings.source(item + ".deduplicate").isPresent();
        boolean named = isNamed(item, section);
        SketchRange range = hasSketch ? sketch(section) : null;
        Duration deduplicate = hasDeduplication ? deduplication(section) : null;
        if (!hasSketch && !hasDeduplication) {
            settings.faultIn(item, "has no setting, must have sketch or deduplicate");
        }
        boolean faulty = !named || (range == null && deduplicate == null);
        return faulty
                ? Optional.empty()
                : Optional.of(new MetricSettings(section.text("name", ""), range, deduplicate));
    }

    private boolean isNamed(String item, Section section) {
        if (settings.source(item + ".name").isEmpty()) {
            settings.faultIn(item, "has no name, must have the name of a metric");
            return false;
        }
        String name = section.text("name", "");
        if (!NAME.matcher(name).matches()) {
            section.require(false, "name", "is " + name + ", must match " + NAME);
            return false;
        }
        String earlier = itemByName.putIfAbsent(name, item);
        section.require(earlier == null, "name", "is " + name + ", which is that of " + earlier);
        return earlier == null;
    }

    private static @Nullable SketchRange sketch(Section section) {
        OptionalDouble lowest = section.number("sketch.lowest");
        OptionalDouble highest = section.number("sketch.highest");
        int digits = section.integer("sketch.digits", DEFAULT_DIGITS, 1, 5);
        if (lowest.isEmpty() || highest.isEmpty()) {
            return null;
        }
        try {
            return SketchRange.between(lowest.getAsDouble(), highest.getAsDouble(), digits);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String key = message.startsWith("lowest") ? "lowest" : "highest";
            String problem = message.substring(message.indexOf(' ') + 1).replace(" (sketch range)", "");
            section.require(false, "sketch." + key, problem);
            return null;
        }
    }

    private static Duration deduplication(Section section) {
        Duration window = section.duration("deduplicate", LEAST_DEDUPLICATION, LEAST_DEDUPLICATION);
        section.require(
                window.compareTo(MOST_DEDUPLICATION) <= 0,
                "deduplicate",
                "is " + DurationText.format(window) + ", must be <= " + DurationText.format(MOST_DEDUPLICATION));
        return window;
    }
}
