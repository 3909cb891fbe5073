package dev.weir.app.command;

import dev.weir.app.dev.DevMachine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything embedded and durable on one machine, without traffic, until Ctrl-C. */
@Command(
        name = "dev",
        header =
                "Run everything on this machine: Kafka, schema registry, PostgreSQL and all of Weir. Data survives a restart.")
final class DevCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is kept (default: $XDG_DATA_HOME/weir, else ~/.local/share/weir).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "19092",
            description = "Kafka listens on N, registry N+1, PostgreSQL N+2, HTTP N+3 (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Override
    public void run() {
        DevMachine.runUntilStopped(
                PortBase.check(spec, portBase),
                data,
                settings -> config.read(settings).config(),
                spec.commandLine().getOut());
    }
}
