package dev.weir.app.command;

import dev.weir.app.rule.RuleCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks rule files. */
@Command(
        name = "rules",
        header = "Check rule files; every fault of every file is printed as file:line:column: message.")
final class CheckRulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--default-interval",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "1m",
            description = "Interval of groups that name none (default: ${DEFAULT-VALUE}).")
    private Duration defaultInterval;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, YAML in Prometheus' form.")
    private List<Path> files;

    @Override
    public Integer call() {
        boolean good = RuleCheck.check(
                files,
                defaultInterval,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return good ? ExitStatus.OK : ExitStatus.INVALID;
    }
}
