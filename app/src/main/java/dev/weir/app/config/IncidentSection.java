package dev.weir.app.config;

import dev.weir.alerting.incident.EscalationLevel;
import dev.weir.alerting.incident.IncidentPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the section {@code incidents}. */
final class IncidentSection {
    private static final String NAME = "incidents";
    private static final String LEVELS = NAME + ".levels";
    private static final String SERVICES = NAME + ".related.services.";
    private static final IncidentPolicy DEFAULTS = IncidentPolicy.DEFAULTS;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Settings settings;

    private IncidentSection(Settings settings) {
        this.settings = settings;
    }

    static IncidentPolicy read(Settings settings) {
        Section section = new Section(settings, NAME);
        return new IncidentPolicy(
                section.list("similar.labels", DEFAULTS.similarLabels()),
                section.integer("similar.most", DEFAULTS.mostSimilar(), 1, 1_000),
                section.duration("similar.window", DEFAULTS.similarWindow(), LEAST),
                section.list("related.labels", DEFAULTS.sameLabels()),
                relatedServices(settings),
                section.duration("related.window", DEFAULTS.relatedWindow(), LEAST),
                new IncidentSection(settings).levels());
    }

    private static Map<String, Set<String>> relatedServices(Settings settings) {
        Map<String, Set<String>> related = new TreeMap<>();
        settings.all(SERVICES)
                .forEach((service, others) -> related.put(service, Set.copyOf(List.of(others.split("\\s*,\\s*")))));
        return related;
    }

    /** The defaults if none is given, or one has a fault. */
    private List<EscalationLevel> levels() {
        List<String> items = settings.items(LEVELS);
        if (items.isEmpty()) {
            if (!settings.list(LEVELS, List.of()).isEmpty()) {
                settings.fault(LEVELS, "holds texts, must hold mappings with name and after");
            }
            return DEFAULTS.levels();
        }
        List<EscalationLevel> levels = new ArrayList<>();
        Map<String, String> itemByName = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            level(items.get(i), i == items.size() - 1, itemByName).ifPresent(levels::add);
        }
        return levels.size() == items.size() ? levels : DEFAULTS.levels();
    }

    private Optional<EscalationLevel> level(String item, boolean last, Map<String, String> itemByName) {
        Section section = new Section(settings, item);
        String name = section.text("name", "");
        boolean hasAfter = settings.source(item + ".after").isPresent();
        Duration after = hasAfter ? section.duration("after", LEAST, LEAST) : Duration.ZERO;
        if (name.isEmpty()) {
            settings.faultIn(item, "has no name, must have the name of a level");
            return Optional.empty();
        }
        String earlier = itemByName.putIfAbsent(name, item);
        section.require(earlier == null, "name", "is " + name + ", which is that of " + earlier);
        if (last && hasAfter) {
            section.require(
                    false, "after", "is " + DurationText.format(after) + ", must not be there: no level follows");
        } else if (!last && !hasAfter) {
            settings.faultIn(item, "has no after, must have the time after which the next level is reached");
        }
        boolean sound = earlier == null && last != hasAfter;
        return sound
                ? Optional.of(new EscalationLevel(name, hasAfter ? Optional.of(after) : Optional.empty()))
                : Optional.empty();
    }
}
