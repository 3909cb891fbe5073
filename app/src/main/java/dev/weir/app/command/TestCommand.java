package dev.weir.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of the tests that users write. */
@Command(
        name = "test",
        header = "Run the tests that you wrote for your rules.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TestRulesCommand.class)
final class TestCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to test: rules");
    }
}
