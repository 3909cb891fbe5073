package dev.weir.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All settings by key, strongest source first, and what has been asked of them: getters note faults instead of throwing, so that all
 * faults are reported together. What nobody asked for is unknown.
 */
final class Settings {
    private final List<List<Entry>> layers;
    private final Map<String, Entry> strongest = new HashMap<>();
    private final List<Fault> faults;
    private final Map<String, Effective> effective = new LinkedHashMap<>();

    /**
     * One setting in force.
     *
     * @param value its text, not redacted
     * @param where its source, or {@code default}
     */
    record Effective(String value, String where) {}

    /**
     * @param layers the sources, strongest first
     * @param faults what the sources have found already; the getters add to it
     */
    Settings(List<List<Entry>> layers, List<Fault> faults) {
        this.layers = layers;
        this.faults = faults;
        layers.forEach(layer -> layer.forEach(entry -> strongest.putIfAbsent(entry.key(), entry)));
    }

    /** The text of the key, noted as in force; the default where there is none. */
    String text(String key, String otherwise) {
        Entry entry = strongest.get(key);
        if (entry != null && entry.values().size() == 1) {
            effective.put(key, new Effective(entry.values().get(0), entry.where()));
            return entry.values().get(0);
        }
        effective.put(key, new Effective(otherwise, "default"));
        if (entry != null) {
            fault(
                    key,
                    entry.values().isEmpty()
                            ? "is empty, must be a single value"
                            : "is a list, must be a single value");
        }
        return otherwise;
    }

    /** The items of the key; a single text is split at commas. */
    List<String> list(String key, List<String> otherwise) {
        Entry entry = strongest.get(key);
        if (entry == null) {
            effective.put(key, new Effective(otherwise.toString(), "default"));
            return otherwise;
        }
        List<String> items = new ArrayList<>();
        for (String value : entry.values()) {
            for (String item : value.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        effective.put(key, new Effective(items.toString(), entry.where()));
        return List.copyOf(items);
    }

    /** Every key under the prefix, which ends in a dot, without the prefix: sorted, noted as in force. */
    Map<String, String> all(String prefix) {
        Map<String, String> found = new TreeMap<>();
        strongest.forEach((key, entry) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), String.join(",", entry.values()));
            }
        });
        found.forEach((key, value) -> effective.put(prefix + key, new Effective(value, where(prefix + key))));
        return found;
    }

    /** The items of a list of mappings, {@code key[0]} and so on, by their number. */
    List<String> items(String key) {
        Pattern item = Pattern.compile(Pattern.quote(key) + "\\[(\\d{1,6})]\\..+");
        return strongest.keySet().stream()
                .map(item::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .distinct()
                .sorted()
                .map(number -> key + "[" + number + "]")
                .toList();
    }

    /** True if any key begins with the prefix. */
    boolean hasAny(String prefix) {
        return strongest.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** The place that gives the key; empty for a default. */
    Optional<String> source(String key) {
        return Optional.ofNullable(strongest.get(key)).map(Entry::where);
    }

    /** Notes {@code name is value, problem (key)} at the place that gives the key. */
    void fault(String key, String problem) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        faults.add(new Fault(where(key), name + " " + problem + " (" + key + ")"));
    }

    /** Notes {@code item problem} at the first place that gives a key of the item. */
    void faultIn(String item, String problem) {
        String where = layers.stream()
                .flatMap(List::stream)
                .filter(entry -> entry.key().startsWith(item + "."))
                .map(Entry::where)
                .findFirst()
                .orElse("default");
        faults.add(new Fault(where, item + " " + problem));
    }

    /** Notes every key of every source that no getter has asked for. */
    void refuseUnknown() {
        for (List<Entry> layer : layers) {
            for (Entry entry : layer) {
                if (!effective.containsKey(entry.key())) {
                    faults.add(new Fault(entry.where(), "unknown key " + entry.key() + suggestion(entry.key())));
                }
            }
        }
    }

    /** What is in force, in the order in which it was asked for. */
    Map<String, Effective> effective() {
        return effective;
    }

    private String where(String key) {
        return source(key).orElse("default");
    }

    private String suggestion(String key) {
        return effective.keySet().stream()
                .filter(known -> EditDistance.between(known, key) <= 3)
                .min((a, b) -> Integer.compare(EditDistance.between(a, key), EditDistance.between(b, key)))
                .map(near -> ", did you mean " + near + "?")
                .orElse("");
    }
}
