package dev.weir.app.command;

import dev.weir.app.config.ConfigReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration, YAML. Without it, the environment and defaults that fit `weir dev`.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, before environment and file: --set time.lateness=5s.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Reads with further settings that other flags of the command stand for; {@code --set} wins over them. */
    ConfigReader.Result read(Map<String, String> further) {
        Map<String, String> flags = new LinkedHashMap<>(further);
        flags.putAll(settings);
        return new ConfigReader(System.getenv()).read(Optional.ofNullable(file), flags);
    }

    /** True if a configuration was named or a setting made on the command line. */
    boolean isGiven() {
        return file != null || !settings.isEmpty();
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
