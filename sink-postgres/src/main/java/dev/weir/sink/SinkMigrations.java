package dev.weir.sink;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the store, made and brought up to date by Flyway. */
public final class SinkMigrations {
    private static final int CONNECT_RETRIES = 10;

    private SinkMigrations() {}

    /**
     * Applies the migrations that the database does not have yet; several processes may call it at once.
     *
     * @return how many were applied
     * @throws FlywayException when the database stays away, or a migration fails or was changed after it was applied
     */
    public static int migrate(SinkSettings settings) {
        return Flyway.configure(SinkMigrations.class.getClassLoader())
                .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                .connectRetries(CONNECT_RETRIES)
                .locations("classpath:db/migration")
                // The history stands in the sink's own schema.
                .defaultSchema("weir")
                .createSchemas(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
