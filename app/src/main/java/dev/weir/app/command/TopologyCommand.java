package dev.weir.app.command;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.role.IncidentRole;
import dev.weir.app.role.StreamRole;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the graphs of the Kafka Streams applications. */
@Command(name = "topology", header = "Print the Kafka Streams topologies: every node, store and topic.")
final class TopologyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Override
    public void run() {
        WeirConfig settings = config.read(Map.of()).config();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Role stream\n" + StreamRole.describe(settings));
        out.println("Role incidents\n" + IncidentRole.describe(settings));
    }
}
