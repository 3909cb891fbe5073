package dev.weir.sink;

import dev.weir.sink.schema.Database;
import dev.weir.sink.schema.Migrations;
import dev.weir.sink.schema.SchemaRoles;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The oldest and the newest supported PostgreSQL for all tests of this process; each test has databases of its own. */
public final class Postgres implements AutoCloseable {
    private static final Path POSTGRES_15 = Path.of("target", "postgres-15", "postgres-linux-x86_64.txz");

    private final Path directory;
    private final Map<Version, EmbeddedPostgresServer> servers = new EnumMap<>(Version.class);
    private final AtomicInteger databases = new AtomicInteger();

    /** Of PostgreSQL. */
    public enum Version {
        OLDEST,
        NEWEST
    }

    private Postgres() {
        try {
            directory = Files.createTempDirectory("weir-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized EmbeddedPostgresServer server(Version version) {
        return servers.computeIfAbsent(version, missing -> switch (missing) {
            case OLDEST -> EmbeddedPostgresServer.start(directory.resolve("oldest"), 0, POSTGRES_15);
            case NEWEST -> EmbeddedPostgresServer.start(directory.resolve("newest"), 0);
        });
    }

    /** The JDBC URL, with the superuser, of a new and empty database. */
    public String newDatabase(Version version) {
        String name = "database_" + databases.incrementAndGet();
        EmbeddedPostgresServer server = server(version);
        Jdbi.create(server.jdbcUrl()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return server.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    /** The JDBC URL of a new database with all tables. */
    public String migrated(Version version) {
        String url = newDatabase(version);
        new Migrations(new Database(url, "postgres", ""), SchemaRoles.USUAL).migrate();
        return url;
    }

    public Path directory(Version version) {
        return directory.resolve(version == Version.OLDEST ? "oldest" : "newest");
    }

    @Override
    public void close() throws IOException {
        servers.values().forEach(EmbeddedPostgresServer::close);
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives the servers to test methods and constructors; they stop after the last test class. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Postgres.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Postgres.class))
                    .computeIfAbsent(Postgres.class, key -> new Postgres(), Postgres.class);
        }
    }
}
