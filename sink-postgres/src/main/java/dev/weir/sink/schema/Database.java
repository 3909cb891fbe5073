package dev.weir.sink.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and who connects to it.
 *
 * @param jdbcUrl begins with {@code jdbc:postgresql:}; its parameters, such as {@code sslmode}, are the driver's
 * @param password may be empty; never printed
 */
public record Database(String jdbcUrl, String user, String password) {
    private static final int CONNECT_SECONDS = 10;
    private static final Pattern PARAMETERS = Pattern.compile("\\?.*");

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "weir");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    /** Without parameters and password. */
    @Override
    public String toString() {
        return PARAMETERS.matcher(jdbcUrl).replaceFirst("") + " as " + user;
    }
}
