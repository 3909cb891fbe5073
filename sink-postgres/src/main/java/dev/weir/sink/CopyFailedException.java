package dev.weir.sink;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** The server has refused a COPY, or went away during it. */
final class CopyFailedException extends JdbiException {
    CopyFailedException(SQLException cause) {
        super("COPY failed: " + cause.getMessage(), cause);
    }
}
