package dev.weir.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of the checks. */
@Command(
        name = "check",
        header = "Check rule files, a configuration or the deployed schemas without running anything.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckRulesCommand.class, CheckConfigCommand.class, CheckSchemasCommand.class})
final class CheckCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to check: rules, config or schemas");
    }
}
