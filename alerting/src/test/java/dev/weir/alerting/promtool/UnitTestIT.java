package dev.weir.alerting.promtool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.unittest.UnitTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Test files pass and fail as in promtool, and what they say of a failure is the same text. */
final class UnitTestIT {
    private static final Path FILES = Path.of("src/test/resources/promtool");

    @TempDir
    Path directory;

    static List<Path> shippedTests() throws IOException {
        return testFiles(Path.of("../rules/tests"));
    }

    static List<Path> brokenTests() throws IOException {
        return testFiles(FILES.resolve("broken"));
    }

    @ParameterizedTest
    @MethodSource("shippedTests")
    void shippedRulesPassBoth(Path file) throws Exception {
        assertThat(new Promtool(directory).test(file)).isEmpty();
        assertThat(UnitTest.run(file).failures()).isEmpty();
    }

    @Test
    void everyFeaturePassesBoth() throws Exception {
        Path file = FILES.resolve("passing_test.yml");
        assertThat(new Promtool(directory).test(file)).isEmpty();
        assertThat(UnitTest.run(file).failures()).isEmpty();
    }

    /** The file expects nothing, so both print all that they computed. */
    @Test
    void failuresAreTheSameText() throws Exception {
        Path file = FILES.resolve("features_test.yml");
        List<String> failures = UnitTest.run(file).failures();
        assertThat(failures).hasSizeGreaterThan(100);
        assertThat(String.join("\n", failures).lines().toList()).isEqualTo(new Promtool(directory).test(file));
    }

    @ParameterizedTest
    @MethodSource("brokenTests")
    void brokenFilesFailBoth(Path file) throws Exception {
        assertThat(new Promtool(directory).test(file)).isNotEmpty();
        assertThat(UnitTest.run(file).failures()).isNotEmpty();
    }

    @Test
    void faultyExpressionsFailByThemselves() throws Exception {
        Path file = FILES.resolve("broken/expr_test.yml");
        assertThat(heads(UnitTest.run(file).failures().stream()))
                .hasSize(4)
                .isEqualTo(heads(new Promtool(directory).test(file).stream()));
    }

    @Test
    void failingRuleEndsItsTest() throws Exception {
        Path file = FILES.resolve("broken/rule_fails_test.yml");
        assertThat(heads(UnitTest.run(file).failures().stream()))
                .hasSize(1)
                .isEqualTo(heads(new Promtool(directory).test(file).stream()));
    }

    @ParameterizedTest
    @CsvSource({
        "limit_test.yml, exceeded limit of 2 with 3 alerts",
        "limit_test.yml, exceeded limit of 2 with 3 series",
        "duplicate_test.yml, duplicate sample for timestamp"
    })
    void ruleThatComesToTooMuchFailsInTheSameWords(String name, String words) throws Exception {
        Path file = FILES.resolve("broken").resolve(name);
        String failures = String.join("\n", UnitTest.run(file).failures());
        assertThat(failures).contains(words);
        assertThat(failures.lines().toList()).isEqualTo(new Promtool(directory).test(file));
    }

    /** What failed and when, without what both say about it. */
    private static List<String> heads(Stream<String> failures) {
        return failures.flatMap(String::lines)
                .filter(line -> line.startsWith("    ") && line.contains(", time: "))
                .map(line -> line.replaceAll("(, time: [^,]*),.*", "$1"))
                .toList();
    }

    private static List<Path> testFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("_test.yml"))
                    .sorted()
                    .toList();
        }
    }
}
