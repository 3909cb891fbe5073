package dev.weir.alerting.promtool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.unittest.UnitTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Templates expand as in Prometheus, over values of every size. Where an expansion fails, it fails in both; what it says
 * about the failure may differ.
 */
final class TemplateIT {
    private static final String FAILED = "<error expanding template: ";

    private static final String VERBS = "vgeEfFGdsqxXtcUobT";

    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "0.5",
            "-0.25",
            "NaN",
            "Inf",
            "-Inf",
            "5e-324",
            "1e-300",
            "1.7976931348623157e308",
            "123456.789",
            "1234567.5",
            "0.000012345",
            "86400",
            "90061.5",
            "3661",
            "59.999",
            "-3700.25",
            "1e21",
            "1e20",
            "100000",
            "1000000",
            "999.95",
            "999.9999",
            "1023.99",
            "1048576",
            "0.1",
            "0.0001",
            "0.00001",
            "1435065584.128",
            "-42.42",
            "9007199254740993",
            "1e9",
            "9.3e9",
            "2.5",
            "3.5",
            "0.05",
            "1.005");

    @TempDir
    Path directory;

    @Test
    void everyFunctionIsPrometheus() throws Exception {
        List<String> templates =
                new ArrayList<>(Files.readAllLines(Path.of("src/test/resources/promtool/templates.txt")));
        templates.add("{{ if\n true }}over\n{{- /* two\n lines */}} lines{{ print\n`a\nb` }}{{ end }}");
        assertSame(templates);
    }

    @Test
    void randomFormatsAreGos() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> templates = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            templates.add("{{ printf \"" + directive("vgeEfFGdsqtcUoT", random) + "|" + directive(VERBS, random)
                    + "\" $value $labels.n }}|{{ printf \"" + directive(VERBS, random) + "\" "
                    + (random.nextInt(2_000_000) - 1_000_000) + " }}");
        }
        try {
            assertSame(templates);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static String directive(String verbs, Random random) {
        StringBuilder text = new StringBuilder("%");
        for (char flag : "+- 0".toCharArray()) {
            text.append(random.nextInt(5) == 0 ? String.valueOf(flag) : "");
        }
        text.append(random.nextInt(2) == 0 ? "" : String.valueOf(1 + random.nextInt(25)));
        text.append(random.nextInt(2) == 0 ? "" : "." + random.nextInt(20));
        return text.append(verbs.charAt(random.nextInt(verbs.length()))).toString();
    }

    private void assertSame(List<String> templates) throws Exception {
        StringBuilder rules = new StringBuilder("groups: [{name: g, rules: [{alert: A, expr: v, annotations: {");
        for (int i = 0; i < templates.size(); i++) {
            rules.append(String.format("t%03d: ", i))
                    .append(quoted(templates.get(i)))
                    .append(",\n  ");
        }
        Files.writeString(directory.resolve("rules.yml"), rules.append("}}]}]\n"));
        StringBuilder tests = new StringBuilder("""
                rule_files: [rules.yml]
                tests:
                  - interval: 1m
                    external_labels: {cluster: eu}
                    external_url: http://weir.example/a
                    input_series:
                """);
        for (int i = 0; i < VALUES.size(); i++) {
            String name = i == 4 ? "five" : i == 5 ? "zz" : i == 6 ? "it's \\\"é\\\"\\n" : "n" + i;
            tests.append("      - {series: ").append(quoted("v{n=\"" + name + "\"}"));
            tests.append(", values: '").append(VALUES.get(i)).append("'}\n");
        }
        tests.append("    alert_rule_test: [{eval_time: 0, alertname: A}]\n");
        Path file = Files.writeString(directory.resolve("tests.yml"), tests);
        List<String> ours = parts(UnitTest.run(file).failures());
        List<String> theirs = parts(new Promtool(directory).test(file));
        assertThat(theirs).hasSizeGreaterThan(VALUES.size() * templates.size());
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            assertThat(ours.get(i)).as("part %s", i).isEqualTo(theirs.get(i));
        }
        assertThat(ours).hasSameSizeAs(theirs);
    }

    /** One annotation an element; of an error only that it is one. */
    private static List<String> parts(List<String> failures) {
        return String.join("\n", failures)
                .replaceAll(FAILED + "(?:[^\"\\\\]|\\\\.)*\"", FAILED + "\"")
                .lines()
                .flatMap(line -> List.of(line.split("(?=, t[0-9]{3}=)")).stream())
                .toList();
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
