package dev.weir.app.command;

import dev.weir.app.CommandFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks rule files. */
@Command(name = "rules", header = "Check rule files; every fault with file:line:column.")
final class CheckRulesCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, YAML as Prometheus has it.")
    private List<Path> files;

    @Override
    public Integer call() {
        throw new CommandFailedException("rules " + files);
    }
}
