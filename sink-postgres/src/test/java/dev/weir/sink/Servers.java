package dev.weir.sink;

import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker and one migrated PostgreSQL 18 for all tests of this process; PostgreSQL can be killed and come back. */
final class Servers implements AutoCloseable {
    private final Path directory;
    private final EmbeddedBroker broker;
    private EmbeddedPostgresServer postgres;

    private Servers() {
        try {
            directory = Files.createTempDirectory("weir-sink");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), 0);
        SinkMigrations.migrate(
                SinkSettings.of(Map.of(SinkTopic.AGGREGATES, "none"), "none", jdbcUrl(), postgres.user(), ""));
    }

    EmbeddedBroker broker() {
        return broker;
    }

    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    /** A migrated database of its own, for what looks at all rows. Returns its address. */
    String newDatabase(String name) {
        Jdbi.create(jdbcUrl()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        String url = jdbcUrl().replace("/postgres?", "/" + name + "?");
        SinkMigrations.migrate(SinkSettings.of(Map.of(SinkTopic.AGGREGATES, "none"), "none", url, postgres.user(), ""));
        return url;
    }

    void killPostgres() {
        postgres.killImmediately();
    }

    void restartPostgres() {
        postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), postgres.port());
    }

    @Override
    public void close() throws IOException {
        broker.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives the servers to test methods and constructors; they stop after the last test class. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Servers.class))
                    .computeIfAbsent(Servers.class, key -> new Servers(), Servers.class);
        }
    }
}
