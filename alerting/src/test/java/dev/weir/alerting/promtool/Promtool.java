package dev.weir.alerting.promtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(test(file)).as("promtool on what we computed:\n%s", tests).isEmpty();
    }

    /** The lines that say what failed; none if the tests of the file pass. */
    List<String> test(Path file) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors.txt");
        Process process = start(file, errors, ProcessBuilder.Redirect.DISCARD);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ended").isTrue();
        List<String> lines = Files.readAllLines(errors);
        assertThat(lines.isEmpty()).as("promtool said nothing").isEqualTo(process.exitValue() == 0);
        return lines.isEmpty() ? lines : lines.subList(1, lines.size());
    }

    /** What promtool prints about tests, whether they pass or not. */
    String output(String tests) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("tests.yml"), tests);
        Path output = directory.resolve("output.txt");
        assertThat(start(file, output, ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .waitFor(60, TimeUnit.SECONDS))
                .as("promtool ended")
                .isTrue();
        return Files.readString(output);
    }

    private static Process start(Path file, Path errors, ProcessBuilder.Redirect output) throws IOException {
        Files.deleteIfExists(errors);
        try {
            return new ProcessBuilder("promtool", "test", "rules", file.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .redirectOutput(output)
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
