package dev.weir.app.command;

import dev.weir.app.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration and prints what is in force, secrets masked. */
@Command(
        name = "config",
        header = "Check a configuration and print every setting in force with its source; secrets are masked.")
final class CheckConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Configuration, YAML.")
    private Path file;

    @Override
    public void run() {
        ConfigReader.Result result = new ConfigReader(System.getenv()).read(Optional.of(file), Map.of());
        spec.commandLine().getOut().print(result.printable());
        spec.commandLine().getOut().flush();
    }
}
