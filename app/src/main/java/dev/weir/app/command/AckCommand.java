package dev.weir.app.command;

import dev.weir.alerts.Incident;
import dev.weir.app.incident.IncidentDesk;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Acknowledges an incident. */
@Command(name = "ack", header = "Acknowledge an incident: somebody takes care of it, nobody else is called.")
final class AckCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private TargetOptions target;

    @Parameters(paramLabel = "INCIDENT", description = "Its id, the label `incident` of the escalation's alert.")
    private String incident;

    @Option(names = "--by", paramLabel = "WHO", description = "Who takes care (default: the user of this system).")
    private @Nullable String by;

    @Option(names = "--note", paramLabel = "TEXT", description = "What the others should know.")
    private @Nullable String note;

    @Override
    public void run() {
        String who = by == null ? System.getProperty("user.name", "unknown") : by;
        Incident known = new IncidentDesk(config.read(target.settings()).config())
                .acknowledge(incident, who, note, InstantSource.system().instant());
        spec.commandLine()
                .getOut()
                .println("incident " + incident + " acknowledged by " + who + ": " + known.getLevel() + ", "
                        + known.getAlerts().size() + " alerts, open since " + known.getOpenedAt());
    }
}
