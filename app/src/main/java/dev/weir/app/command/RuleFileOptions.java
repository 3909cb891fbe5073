package dev.weir.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The rule files of a command, and how they are read. */
final class RuleFileOptions {
    @Option(
            names = "--default-interval",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "1m",
            description = "Interval of groups that name none (default: ${DEFAULT-VALUE}).")
    private Duration defaultInterval;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, YAML in Prometheus' form.")
    private List<Path> files;

    Duration defaultInterval() {
        return defaultInterval;
    }

    List<Path> files() {
        return files;
    }
}
