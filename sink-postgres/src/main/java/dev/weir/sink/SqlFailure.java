package dev.weir.sink;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What a database error asks for, judged by its SQLSTATE. */
enum SqlFailure {
    /** The server is away, busy or lost the race: the same transaction may succeed later. */
    RETRY,
    /** One of the rows is at fault: the others can be stored. */
    BAD_ROW,
    /** Neither: wrong schema or rights, or a bug. */
    FATAL;

    private static final String NO_RIGHT = "42501";
    private static final String REMEDY =
            " (must be granted: make the sink's user a member of weir_writer, or, if it is one,"
                    + " call weir.apply_grants() as the owner)";

    /** The failure inside an exception of Jdbi or the pool. */
    static SqlFailure of(Throwable thrown) {
        return cause(thrown).map(SqlFailure::ofSql).orElse(FATAL);
    }

    /** The innermost driver message with its SQLSTATE, on one line; what to grant where a right is missing. */
    static String describe(Throwable thrown) {
        return cause(thrown)
                .map(sql -> "SQLSTATE " + sql.getSQLState() + ": " + firstLine(sql.getMessage())
                        + (NO_RIGHT.equals(sql.getSQLState()) ? REMEDY : ""))
                .orElseGet(thrown::toString);
    }

    private static SqlFailure ofSql(SQLException sql) {
        // The pool gives no connection: it reports this with whatever SQLSTATE its last try ended.
        if (sql instanceof SQLTransientException) {
            return RETRY;
        }
        return isMissingPartition(sql) ? RETRY : ofState(sql.getSQLState());
    }

    /** Dropped under us, to be made again: has the state of a violated check, but names none. */
    private static boolean isMissingPartition(SQLException sql) {
        return "23514".equals(sql.getSQLState())
                && sql instanceof PSQLException server
                && server.getServerErrorMessage() != null
                && server.getServerErrorMessage().getConstraint() == null;
    }

    static SqlFailure ofState(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return FATAL;
        }
        return switch (state.substring(0, 2)) {
            // Data exception; integrity violation; program limit, such as a row too large for an index.
            case "22", "23", "54" -> BAD_ROW;
            // Connection; a password that is being changed; insufficient resources, such as a full disk; system error.
            case "08", "28", "53", "58" -> RETRY;
            // Serialization failure and deadlock; shutdown and start; lock or statement timeout; a standby; a
            // transaction that stood still or took too long.
            default ->
                state.startsWith("57P0")
                                || state.equals("40001")
                                || state.equals("40P01")
                                || state.equals("55P03")
                                || state.equals("57014")
                                || state.equals("25006")
                                || state.equals("25P03")
                                || state.equals("25P04")
                        ? RETRY
                        : FATAL;
        };
    }

    private static Optional<SQLException> cause(Throwable thrown) {
        SQLException found = null;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return Optional.ofNullable(found);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }
}
