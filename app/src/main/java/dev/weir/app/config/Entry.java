package dev.weir.app.config;

import java.util.List;

/**
 * One setting as a source gives it, not yet typed.
 *
 * @param key the whole dotted key, {@code time.lateness}
 * @param values one text, or the items of a list; empty for a YAML null
 * @param where where it stands, for messages
 */
record Entry(String key, List<String> values, String where) {
    Entry {
        values = List.copyOf(values);
    }
}
