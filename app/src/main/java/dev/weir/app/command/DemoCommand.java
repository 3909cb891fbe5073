package dev.weir.app.command;

import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoSettings;
import dev.weir.app.role.CloseStack;
import dev.weir.app.role.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything embedded, with the traffic of five systems and an injected incident, checked against an oracle. */
@Command(
        name = "demo",
        header =
                "Run everything on this machine with the traffic of five systems and an incident, and check every window.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration MOST_EACH = Duration.ofSeconds(40);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--headless",
            description = "End after the check with one JSON object; without it everything stays up until Ctrl-C.")
    private boolean headless;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "90s",
            description = "How long the live traffic lasts, at least 80s (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The same seed, the same events.")
    private long seed;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "19092",
            description = "Kafka listens on N, registry N+1, PostgreSQL N+2, HTTP N+3 (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data there (default: a new temporary directory).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        DemoSettings settings;
        try {
            settings = new DemoSettings(headless, duration, seed, PortBase.check(spec, portBase), data);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
        CloseStack started = new CloseStack(MOST_EACH);
        Stopping.atExit(started);
        boolean passed = Demo.run(
                settings,
                given -> config.read(given).config(),
                InstantSource.system(),
                spec.commandLine().getOut(),
                started);
        return passed ? ExitStatus.OK : ExitStatus.INVALID;
    }
}
