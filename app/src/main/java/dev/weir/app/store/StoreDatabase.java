package dev.weir.app.store;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.StoreSettings;
import dev.weir.sink.schema.Database;
import dev.weir.sink.schema.SchemaChangeException;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** The database that the configuration names; what it refuses becomes the message of the command. */
public final class StoreDatabase {
    private final Database database;

    public StoreDatabase(StoreSettings store) {
        database = new Database(store.url(), store.user(), store.password().value());
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Work that connects by itself. */
    @FunctionalInterface
    public interface OwnWork<T> {
        T on(Database database);
    }

    /**
     * Runs the work on a connection of its own.
     *
     * @throws CommandFailedException when the database is away or refuses
     */
    public <T> T connected(Work<T> work) {
        try (Connection connection = database.connect()) {
            return work.in(connection);
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /**
     * Runs work that connects by itself.
     *
     * @throws CommandFailedException when the database is away or refuses, or the change cannot be made
     */
    public <T> T changing(OwnWork<T> work) {
        try {
            return work.on(database);
        } catch (SchemaChangeException refused) {
            throw new CommandFailedException(String.valueOf(refused.getMessage()), refused);
        } catch (FlywayException refused) {
            throw failure(refused);
        }
    }

    private CommandFailedException failure(Exception refused) {
        Throwable innermost = refused;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String reason = String.valueOf(refused.getMessage()).strip();
        String cause = innermost == refused ? "" : " (" + innermost.getMessage() + ")";
        return new CommandFailedException("database " + database + ": " + reason + cause, refused);
    }
}
