package dev.weir.alerting.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is similar, what is related, and when the next one is called.
 *
 * @param similarLabels alerts of one name that agree on these labels are similar
 * @param mostSimilar so many similar alerts within {@code similarWindow} are let through; more are held back and counted
 * @param sameLabels alerts that have one of these labels with the same value are related
 * @param relatedServices services by the value of the label {@code service} → those that their alerts are related to, in
 *     both directions
 * @param relatedWindow related alerts that begin to fire within this time are one incident
 * @param levels from the lowest
 */
public record IncidentPolicy(
        List<String> similarLabels,
        int mostSimilar,
        Duration similarWindow,
        List<String> sameLabels,
        Map<String, Set<String>> relatedServices,
        Duration relatedWindow,
        List<EscalationLevel> levels) {
    public static final IncidentPolicy DEFAULTS = new IncidentPolicy(
            List.of("service", "cluster"),
            5,
            Duration.ofHours(1),
            List.of("service", "cluster"),
            Map.of(),
            Duration.ofMinutes(5),
            List.of(
                    new EscalationLevel("warning", Optional.of(Duration.ofMinutes(30))),
                    new EscalationLevel("critical", Optional.of(Duration.ofMinutes(10))),
                    new EscalationLevel("emergency", Optional.of(Duration.ofMinutes(5))),
                    new EscalationLevel("incident", Optional.empty())));

    /** @throws IllegalArgumentException naming every faulty value, one a line */
    public IncidentPolicy {
        similarLabels = List.copyOf(similarLabels);
        sameLabels = List.copyOf(sameLabels);
        relatedServices = Map.copyOf(relatedServices);
        levels = List.copyOf(levels);
        List<String> faults = faults(levels);
        if (mostSimilar < 1) {
            faults.add("mostSimilar is " + mostSimilar + ", must be >= 1");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** What is wrong with the levels, each fault as {@code level N …} with N from 0; none if they can be climbed. */
    public static List<String> faults(List<EscalationLevel> levels) {
        List<String> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            EscalationLevel level = levels.get(i);
            boolean last = i == levels.size() - 1;
            if (!names.add(level.name())) {
                faults.add("level " + i + " is named " + level.name() + ", which is that of another");
            }
            if (last == level.after().isPresent()) {
                faults.add("level " + i + " (" + level.name() + ") "
                        + (last
                                ? "has a time after which it escalates, must have none: it is the last"
                                : "has no time after which it escalates, must have one"));
            }
        }
        if (levels.isEmpty()) {
            faults.add("there is no level, must be at least one");
        }
        return faults;
    }

    /** Index of the last level. */
    int highest() {
        return levels.size() - 1;
    }

    /** A level by its index; the last for one beyond, which an incident may have from a policy of more levels. */
    EscalationLevel level(int index) {
        return levels.get(Math.min(index, highest()));
    }

    /** The level at which an alert of this severity begins; the lowest for one that names no level. */
    int levelOf(String severity) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).name().equals(severity)) {
                return i;
            }
        }
        return 0;
    }

    /** Whether two alerts with these labels may be of one incident. */
    boolean related(Map<String, String> one, Map<String, String> other) {
        for (String label : sameLabels) {
            String value = one.get(label);
            if (value != null && value.equals(other.get(label))) {
                return true;
            }
        }
        String service = one.getOrDefault("service", "");
        String otherService = other.getOrDefault("service", "");
        return relatedServices.getOrDefault(service, Set.of()).contains(otherService)
                || relatedServices.getOrDefault(otherService, Set.of()).contains(service);
    }
}
