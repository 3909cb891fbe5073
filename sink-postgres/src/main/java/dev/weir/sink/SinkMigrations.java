package dev.weir.sink;

import dev.weir.sink.schema.Database;
import dev.weir.sink.schema.Migrations;
import dev.weir.sink.schema.SchemaChangeException;
import dev.weir.sink.schema.SchemaRoles;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a sink up to date. */
public final class SinkMigrations {
    private SinkMigrations() {}

    /**
     * Applies the migrations that the database does not have yet; several processes may call it at once.
     *
     * @return how many were applied
     * @throws FlywayException when the database stays away, or a migration fails or was changed after it was applied
     */
    public static int migrate(SinkSettings settings) {
        return new Migrations(database(settings), SchemaRoles.USUAL).migrate();
    }

    /**
     * Checks that the database has every version that this build knows, and changes nothing.
     *
     * @throws SchemaChangeException naming the versions that are missing
     * @throws FlywayException when the database stays away
     */
    public static void requireMigrated(SinkSettings settings) {
        new Migrations(database(settings), SchemaRoles.USUAL).requireNothingPending();
    }

    private static Database database(SinkSettings settings) {
        return new Database(settings.jdbcUrl(), settings.user(), settings.password());
    }
}
