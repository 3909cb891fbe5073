package dev.weir.app.command;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.InvalidConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the commands: by itself it only prints help. */
@Command(
        name = "weir",
        header = "Real-time metrics aggregation and alerting on Kafka Streams.",
        description = {
            "%nServices publish Avro metric events to Kafka; Weir publishes windowed aggregates and alerts to Kafka and keeps"
                    + " hourly rows in PostgreSQL.%n"
        },
        footer = {
            "%nStart here: weir demo",
            "Exit status: 0 ok, 1 invalid input or failure, 2 wrong command line, 3 findings in rules."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DevCommand.class,
            RunCommand.class,
            ProduceCommand.class,
            LoadCommand.class,
            AckCommand.class,
            CheckCommand.class,
            TestCommand.class,
            ExplainCommand.class,
            QuantileCommand.class,
            DbCommand.class,
            TopologyCommand.class,
            VersionCommand.class
        })
public final class WeirCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean helpAsked;

    private WeirCommand() {}

    /** The command line as the main class and the tests run it. */
    public static CommandLine commandLine() {
        return new CommandLine(new WeirCommand())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(WeirCommand::exitStatus)
                .setExecutionExceptionHandler(WeirCommand::report);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int exitStatus(Throwable failure) {
        return failure instanceof CommandLine.ParameterException ? ExitStatus.USAGE : ExitStatus.INVALID;
    }

    /** What the user can act on is one message; anything else is a bug and shows its trace. */
    private static int report(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidConfigException invalid) {
            invalid.faults().forEach(err::println);
        } else if (failure instanceof CommandFailedException failed) {
            err.println("weir: " + failed.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitStatus.INVALID;
    }
}
