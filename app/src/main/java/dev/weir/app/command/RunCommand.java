package dev.weir.app.command;

import dev.weir.app.role.RoleName;
import dev.weir.app.role.RoleRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs roles of Weir against any Kafka, registry and PostgreSQL. */
@Command(name = "run", header = "Run roles of Weir against your Kafka, schema registry and PostgreSQL, until stopped.")
final class RunCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            defaultValue = "stream,sink,serve",
            description = {
                "Comma-separated (default: ${DEFAULT-VALUE}).",
                "stream: events to aggregates and alerts; sink: aggregates to PostgreSQL; serve: health and metrics over HTTP;",
                "notify: alerts to the Alertmanagers of notify.alertmanagers; incidents: alerts to incidents and their escalation."
            })
    private List<String> roles;

    @Override
    public void run() {
        RoleRunner.runUntilStopped(config.read(Map.of()).config(), config.file(), names());
    }

    private List<RoleName> names() {
        List<RoleName> names = new ArrayList<>();
        for (String role : roles) {
            RoleName name = RoleName.of(role)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "role is " + role + ", must be one of " + RoleName.all() + " (--roles)"));
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
