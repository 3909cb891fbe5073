package dev.weir.app.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.role.CloseStack;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a kill -9 of {@code weir dev} its PostgreSQL lives on, on the port that the next one wants. */
final class LeftBehindPostgresIT {
    @TempDir
    private Path directory;

    @Test
    void nextStartOnTheSameDataAndPortsSucceeds() throws IOException {
        int base = freeBase();
        EmbeddedPostgresServer left = EmbeddedPostgresServer.start(directory.resolve("postgres"), base + 2);
        // The lock of its owner goes with the owner.
        Files.delete(directory.resolve("postgres/epg-lock"));
        try (CloseStack started = new CloseStack(Duration.ofSeconds(30))) {
            DevMachine machine = DevMachine.start(
                    base,
                    directory,
                    flags -> new ConfigReader(Map.of())
                            .read(Optional.empty(), flags)
                            .config(),
                    new PrintWriter(new StringWriter()),
                    started);

            assertThat(machine.config().store().url()).contains(":" + left.port() + "/");
        } finally {
            left.close();
        }
    }

    /** Where four ports in a row are free now. */
    private static int freeBase() throws IOException {
        while (true) {
            int base;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                base = socket.getLocalPort();
            }
            if (areFree(new Ports(base))) {
                return base;
            }
        }
    }

    private static boolean areFree(Ports ports) {
        try {
            ports.requireFree();
            return true;
        } catch (CommandFailedException taken) {
            return false;
        }
    }
}
