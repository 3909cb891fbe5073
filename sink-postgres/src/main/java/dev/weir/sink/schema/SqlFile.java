package dev.weir.sink.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A script of this build, with the roles filled in. */
record SqlFile(String path, String sql) {
    static final String MIGRATIONS = "db/migration";
    private static final String ROLLBACKS = "db/rollback";

    /** What applies a version; empty if this build does not have it. */
    static Optional<SqlFile> migration(String script, SchemaRoles roles) {
        return read(MIGRATIONS + "/" + script, roles);
    }

    /** What undoes a version; empty if there is no way back. */
    static Optional<SqlFile> rollback(String script, SchemaRoles roles) {
        return read(ROLLBACKS + "/" + script, roles);
    }

    private static Optional<SqlFile> read(String path, SchemaRoles roles) {
        try (InputStream bytes = SqlFile.class.getClassLoader().getResourceAsStream(path)) {
            if (bytes == null) {
                return Optional.empty();
            }
            String sql = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> placeholder : roles.placeholders().entrySet()) {
                sql = sql.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
            }
            return Optional.of(new SqlFile(path, sql));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
