package dev.weir.app.command;

import dev.weir.app.role.StreamRole;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the graph of the stream application. */
@Command(name = "topology", header = "Print the Kafka Streams topology: every node, store and topic.")
final class TopologyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println(StreamRole.describe(config.read(Map.of()).config()));
    }
}
