package dev.weir.app.command;

import dev.weir.app.store.StoreDatabase;
import dev.weir.sink.schema.Migrations;
import dev.weir.sink.schema.Rollback;
import dev.weir.sink.schema.SchemaRoles;
import dev.weir.sink.schema.SchemaVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The versions of the store's tables. */
@Command(
        name = "db",
        header = "Bring the tables of the store to a version, or show the version they have.",
        description = {
            "%nThe user must own the tables, or be a member of weir_owner. A sink with store.migrate: true brings them up to date"
                    + " when it starts: set it to false before a rollback.%n"
        },
        synopsisSubcommandLabel = "COMMAND")
final class DbCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what to do with the tables: migrate, status or rollback");
    }

    @Command(name = "migrate", header = "Apply the versions that the database does not have yet.")
    void migrate(@Mixin ConfigOptions config, @Mixin DryRun dryRun) {
        PrintWriter out = spec.commandLine().getOut();
        database(config).changing(database -> {
            Migrations migrations = Migrations.atOnce(database, SchemaRoles.USUAL);
            if (dryRun.asked) {
                migrations.pendingSql().forEach(out::println);
            } else {
                out.println(migrations.migrate() + " versions applied");
            }
            return database;
        });
        out.flush();
    }

    @Command(name = "status", header = "Show every version, whether it is applied, and whether there is a way back.")
    void status(@Mixin ConfigOptions config) {
        PrintWriter out = spec.commandLine().getOut();
        List<SchemaVersion> versions = database(config)
                .changing(database ->
                        Migrations.atOnce(database, SchemaRoles.USUAL).status());
        out.printf("%-8s%-16s%-28s%-10s%s%n", "VERSION", "STATE", "APPLIED", "WAY BACK", "FILE");
        for (SchemaVersion version : versions) {
            out.printf(
                    "%-8d%-16s%-28s%-10s%s%n",
                    version.version(),
                    version.state(),
                    version.installedAt() == null ? "-" : version.installedAt(),
                    version.reversible() ? "yes" : "no",
                    version.script());
        }
        out.flush();
    }

    @Command(
            name = "rollback",
            header = "Undo the newest versions, all or none; data that an older version has no column for is lost.")
    void rollback(
            @Mixin ConfigOptions config,
            @Mixin DryRun dryRun,
            @Option(
                            names = "--to",
                            paramLabel = "N",
                            description = "The version to go back to; 0 drops everything (default: the one before).")
                    @Nullable
                    Integer to) {
        PrintWriter out = spec.commandLine().getOut();
        database(config).changing(database -> {
            Rollback rollback = new Rollback(database, SchemaRoles.USUAL);
            int target = to == null ? Math.max(rollback.version() - 1, 0) : to;
            if (dryRun.asked) {
                rollback.sqlTo(target).forEach(out::println);
            } else {
                rollback.to(target).forEach(version -> out.println("version " + version + " undone"));
                out.println("the tables have version " + target);
            }
            return database;
        });
        out.flush();
    }

    private static StoreDatabase database(ConfigOptions config) {
        return new StoreDatabase(config.read(Map.of()).config().store());
    }

    /** The option to look first. */
    static final class DryRun {
        @Option(names = "--dry-run", description = "Print the SQL and change nothing.")
        private boolean asked;
    }
}
