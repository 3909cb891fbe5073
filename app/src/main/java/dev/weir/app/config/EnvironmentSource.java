package dev.weir.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the environment: {@code WEIR_TIME_LATE_RETENTION} is {@code time.late-retention},
 * {@code WEIR_KAFKA_SSL_KEYSTORE_LOCATION} is {@code kafka.ssl.keystore.location}, and {@code WEIR_STORE_PASSWORD_FILE} names a file
 * that holds {@code store.password}.
 *
 * <p>Names outside Weir's sections are left alone: Kubernetes gives a container variables such as {@code WEIR_SERVICE_HOST}.
 */
final class EnvironmentSource {
    private static final String PREFIX = "WEIR_";
    private static final String FILE = "_FILE";
    private static final int LONGEST_SECRET = 1 << 16;

    private EnvironmentSource() {}

    /**
     * The settings in the environment.
     *
     * @param known all keys that Weir has, so that a name is put back into the form with dots and dashes
     * @param open prefixes, with a dot at their end, under which every key is passed on, and what an underscore of its name
     *     stands for
     */
    static List<Entry> read(
            Map<String, String> environment, Set<String> known, Map<String, Character> open, List<Fault> faults) {
        Map<String, String> keys = new TreeMap<>();
        known.forEach(key -> keys.put(name(key), key));
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            String key = key(name, keys, open);
            if (key != null) {
                entries.add(new Entry(key, List.of(value), name));
            } else if (name.endsWith(FILE)) {
                String secret = key(name.substring(0, name.length() - FILE.length()), keys, open);
                if (secret != null) {
                    content(secret, name, value, environment, entries, faults);
                }
            } else if (isMistake(name, known)) {
                faults.add(new Fault(name, "is no setting of Weir's"));
            }
        });
        return entries;
    }

    static String name(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static @Nullable String key(String name, Map<String, String> keys, Map<String, Character> open) {
        String known = keys.get(name);
        if (known != null || name.endsWith(FILE)) {
            return known;
        }
        for (Map.Entry<String, Character> section : open.entrySet()) {
            String start = name(section.getKey());
            if (name.startsWith(start) && name.length() > start.length()) {
                return section.getKey()
                        + name.substring(start.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', section.getValue());
            }
        }
        return null;
    }

    private static void content(
            String key,
            String name,
            String file,
            Map<String, String> environment,
            List<Entry> entries,
            List<Fault> faults) {
        if (environment.containsKey(name(key))) {
            faults.add(new Fault(name, "is given beside " + name(key) + ", must be only one of the two"));
            return;
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LONGEST_SECRET) {
                faults.add(new Fault(name, "names " + file + ", which is longer than " + LONGEST_SECRET + " bytes"));
                return;
            }
            String text = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
            entries.add(new Entry(key, List.of(text), name + "=" + file));
        } catch (IOException | IllegalArgumentException unreadable) {
            faults.add(new Fault(name, "names " + file + ", which cannot be read"));
        }
    }

    /** A name inside one of Weir's sections that is no setting; the names that Kubernetes makes of services are not meant. */
    private static boolean isMistake(String name, Set<String> known) {
        if (!name.startsWith(PREFIX) || name.contains("_SERVICE_") || name.contains("_PORT_")) {
            return false;
        }
        return known.stream()
                .filter(key -> key.contains("."))
                .anyMatch(key -> name.startsWith(name(key.substring(0, key.indexOf('.') + 1))));
    }
}
