package dev.weir.alerting.promtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs {@code promtool test rules}, which has to be installed. */
final class Promtool {
    private final Path directory;

    Promtool(Path directory) {
        this.directory = directory;
    }

    void assertPasses(String rules, String tests) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("rules.yml"), rules);
        Path file = Files.writeString(directory.resolve("tests.yml"), tests);
        Path output = directory.resolve("output.txt");
        Process process = start(file, output);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ended").isTrue();
        assertThat(process.exitValue())
                .as("promtool on what we computed:\n%s\n%s", Files.readString(output), tests)
                .isZero();
    }

    /** What promtool prints about tests, whether they pass or not. */
    String output(String tests) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("tests.yml"), tests);
        Path output = directory.resolve("output.txt");
        assertThat(start(file, output).waitFor(60, TimeUnit.SECONDS))
                .as("promtool ended")
                .isTrue();
        return Files.readString(output);
    }

    private Process start(Path file, Path output) {
        try {
            return new ProcessBuilder("promtool", "test", "rules", file.toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "promtool is not on the path: install Prometheus (Debian: apt-get install prometheus)", e);
        }
    }

    /** A text as a YAML scalar in double quotes. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            char c = (char) b;
            out.append(c == '"' || c == '\\' ? "\\" + c : c == '\n' ? "\\n" : String.valueOf(c));
        }
        return out.append('"').toString();
    }
}
