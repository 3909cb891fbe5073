package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.app.command.WeirCommand;
import dev.weir.testing.workload.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job as a user starts it. */
final class DemoIT {
    private static final int PORTS = 4;

    @TempDir
    private Path data;

    @Test
    void headlessDemoFindsNoDifferenceAndEveryAlertFiresAndResolves() throws Exception {
        StringWriter printed = new StringWriter();
        CommandLine weir = WeirCommand.commandLine().setOut(new PrintWriter(printed, true));
        System.setProperty(
                "weir.home", Path.of("..").toAbsolutePath().normalize().toString());

        int exit = weir.execute(
                "demo",
                "--headless",
                "--duration",
                DemoSettings.SHORTEST_LIVE.toSeconds() + "s",
                "--data",
                data.toString(),
                "--port-base",
                Integer.toString(freePortBase()));

        String[] lines = printed.toString().strip().split("\\R", -1);
        assertThat(exit).as(printed.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(lines[lines.length - 1]);
        assertThat(report.get("mismatches").asLong()).isZero();
        assertThat(report.get("events").asLong()).isGreaterThan(150_000);
        assertThat(report.get("rejected").asLong()).isPositive();
        assertThat(report.get("windows").asLong()).isGreaterThan(10_000);
        assertThat(report.get("hourly_rows").asLong()).isPositive();
        assertThat(report.get("events_per_second").asDouble()).isPositive();
        assertThat(report.get("alerts_fired").asLong())
                .isEqualTo(report.get("alerts_resolved").asLong())
                .isGreaterThanOrEqualTo(Scenarios.systems().size());
        assertThat(printed.toString())
                .contains("PENDING   DemoHighErrorRate")
                .contains("FIRING    DemoHighErrorRate")
                .contains("RESOLVED  DemoHighErrorRate");
    }

    private static int freePortBase() throws IOException {
        for (int base = 31_000; base < 32_000; base += PORTS) {
            if (areFree(List.of(base, base + 1, base + 2, base + 3))) {
                return base;
            }
        }
        throw new IllegalStateException("no four free ports in a row from 31000 to 32000");
    }

    private static boolean areFree(List<Integer> ports) {
        for (int port : ports) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
