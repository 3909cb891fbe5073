package dev.weir.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one way to a configuration: flag before environment before file before default.
 *
 * <p>Every fault of every source is found before anything is refused.
 */
public final class ConfigReader {
    /** Prefixes of keys that are not Weir's own, and what an underscore behind them stands for. */
    private static final Map<String, Character> OPEN_SECTIONS =
            Map.of("kafka.", '.', "schema.registry.", '.', ExternalSection.LABELS, '_');

    private final Map<String, String> environment;

    /** @param environment as from {@link System#getenv()} */
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The configuration in force and its printable form.
     *
     * @param printable {@code key: value  # where}, one a line, secrets masked; as YAML it reads back to the same settings, secrets
     *     apart
     */
    public record Result(WeirConfig config, String printable) {}

    /**
     * Reads and checks.
     *
     * @param file the YAML file, if there is one
     * @param flags keys given on the command line
     * @throws InvalidConfigException with all faults
     */
    public Result read(Optional<Path> file, Map<String, String> flags) {
        List<Fault> faults = new ArrayList<>();
        List<Entry> given = flags.entrySet().stream()
                .map(flag -> new Entry(flag.getKey(), List.of(flag.getValue()), "command line"))
                .toList();
        List<Entry> fromFile = file.map(path -> YamlSource.read(path, faults)).orElse(List.of());
        List<Entry> fromEnvironment = EnvironmentSource.read(environment, knownKeys(), OPEN_SECTIONS, faults);
        Settings settings = new Settings(List.of(given, fromEnvironment, fromFile), faults);
        WeirConfig config = WeirConfig.read(settings, DataHome.in(environment));
        settings.refuseUnknown();
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        return new Result(config, print(settings));
    }

    /** All keys that Weir has, found by asking for each with no source: so there is no second list to keep. */
    private Set<String> knownKeys() {
        Settings nothing = new Settings(List.of(), new ArrayList<>());
        WeirConfig.read(nothing, DataHome.in(environment));
        return new LinkedHashSet<>(nothing.effective().keySet());
    }

    private static String print(Settings settings) {
        return settings.effective().entrySet().stream()
                .map(setting -> line(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining());
    }

    private static String line(String key, Settings.Effective setting) {
        String value = Secret.redact(key, setting.value());
        boolean quoted = value.isEmpty() || (!value.startsWith("[") && value.matches(".*[:#*\\s{}&!|>'\"%@`,].*"));
        String text = quoted ? "'" + value.replace("'", "''") + "'" : value;
        return key + ": " + text + "  # " + setting.where() + "\n";
    }
}
