package dev.weir.benchmarks.engine.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process needs to know for its passes.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl of the schema registry
 * @param prefix of the topics, of which {@code .events} is preloaded
 * @param events measurements in it
 * @param records records in it
 * @param windows one-minute windows that event time closes
 * @param directory for state, this process' own
 * @param rules directory of rule files
 */
public record PassSettings(
        String bootstrapServers,
        String registryUrl,
        String prefix,
        long events,
        long records,
        long windows,
        Path directory,
        Path rules) {
    /** Threads that work in each system. */
    public static final int THREADS = 2;

    public String topic() {
        return prefix + ".events";
    }

    /** Serde configuration. */
    public Map<String, Object> registry() {
        return registry(registryUrl);
    }

    public static Map<String, Object> registry(String url) {
        return Map.of(
                "schema.registry.url",
                url,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    }

    /** The command line that {@link #parse} reads. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("bootstrap=" + bootstrapServers);
        arguments.add("registry=" + registryUrl);
        arguments.add("prefix=" + prefix);
        arguments.add("events=" + events);
        arguments.add("records=" + records);
        arguments.add("windows=" + windows);
        arguments.add("directory=" + directory);
        arguments.add("rules=" + rules);
        return arguments;
    }

    /**
     * Reads what {@link #arguments} gives.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public static PassSettings parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new PassSettings(
                required(values, "bootstrap"),
                required(values, "registry"),
                required(values, "prefix"),
                Long.parseLong(required(values, "events")),
                Long.parseLong(required(values, "records")),
                Long.parseLong(required(values, "windows")),
                Path.of(required(values, "directory")),
                Path.of(required(values, "rules")));
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing, must be given (arguments of a benchmark process)");
        }
        return value;
    }
}
