package dev.weir.sink.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** The tables of the store, made and brought up to date by Flyway; {@link Rollback} is the way back. */
public final class Migrations {
    private static final int CONNECT_RETRIES = 10;

    private final Flyway flyway;
    private final SchemaRoles roles;

    public Migrations(Database database, SchemaRoles roles) {
        this(database, roles, CONNECT_RETRIES);
    }

    private Migrations(Database database, SchemaRoles roles, int connectRetries) {
        this(database, roles, connectRetries, MigrationVersion.LATEST);
    }

    private Migrations(Database database, SchemaRoles roles, int connectRetries, MigrationVersion target) {
        this.roles = roles;
        flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .connectRetries(connectRetries)
                .locations("classpath:" + SqlFile.MIGRATIONS)
                .placeholders(roles.placeholders())
                // The history stands in the sink's own schema.
                .defaultSchema("weir")
                .createSchemas(true)
                .target(target)
                .load();
    }

    /** The same, for a person who waits: one try to connect. */
    public static Migrations atOnce(Database database, SchemaRoles roles) {
        return new Migrations(database, roles, 0);
    }

    /** As an older build would, which knows no later version. */
    static Migrations upTo(int version, Database database, SchemaRoles roles) {
        return new Migrations(database, roles, 0, MigrationVersion.fromVersion(Integer.toString(version)));
    }

    /**
     * Applies the migrations that the database does not have yet; several processes may call it at once.
     *
     * @return how many were applied
     * @throws FlywayException when the database stays away, or a migration fails or was changed after it was applied
     */
    public int migrate() {
        return flyway.migrate().migrationsExecuted;
    }

    /** Every version that the database or this build has, lowest first. */
    public List<SchemaVersion> status() {
        return Arrays.stream(flyway.info().all())
                .filter(info -> info.getVersion() != null)
                .map(this::version)
                .toList();
    }

    /** The versions that {@link #migrate} would apply. */
    public List<SchemaVersion> pending() {
        return status().stream()
                .filter(version -> version.state().equals(word(MigrationState.PENDING)))
                .toList();
    }

    /**
     * Checks that {@link #migrate} would apply nothing.
     *
     * @throws SchemaChangeException naming the files that are not applied
     */
    public void requireNothingPending() {
        List<String> pending = pending().stream().map(SchemaVersion::script).toList();
        if (!pending.isEmpty()) {
            throw new SchemaChangeException(String.join(", ", pending)
                    + " must be applied first: run weir db migrate, or set store.migrate: true");
        }
    }

    /** The SQL that {@link #migrate} would run, in order. */
    public List<String> pendingSql() {
        return pending().stream()
                .flatMap(version -> SqlFile.migration(version.script(), roles).stream())
                .map(file -> "-- " + file.path() + "\n" + file.sql())
                .toList();
    }

    private SchemaVersion version(MigrationInfo info) {
        return new SchemaVersion(
                Integer.parseInt(info.getVersion().getVersion()),
                info.getScript(),
                word(info.getState()),
                Optional.ofNullable(info.getInstalledOn())
                        .map(date -> date.toInstant())
                        .orElse(null),
                SqlFile.rollback(info.getScript(), roles).isPresent());
    }

    private static String word(MigrationState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
