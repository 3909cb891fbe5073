package dev.weir.alerting.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.rulefile.RuleFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a test file, it runs or is refused with faults; soon, and in little memory. */
final class UnitTestFuzzTest {
    private static final String SEED = """
            evaluation_interval: 1m
            group_eval_order: [a, b]
            tests:
              - name: t
                interval: 30s
                external_labels: {cluster: "eu"}
                input_series:
                  - {series: 'up{job="a",n="\\u00e9"}', values: '1 _x2 1+1x9 stale -0.5e1 Inf NaN 010'}
                  - series: "v"
                    values: >-
                      1x3
                      2-2x5
                promql_expr_test:
                  - {expr: 'sum by (job) (rate(up[2m])) > 0', eval_time: 5m, exp_samples: [{labels: '{job="a"}', value: 1e-3}]}
                alert_rule_test:
                  - {eval_time: 2m, alertname: A, exp_alerts: [{exp_labels: {job: a}, exp_annotations: {x: y}}]}
            """;
    private static final String ALPHABET = " \n\t:-{}[]&*!|>'\"%@`#,_x+0159eé$\\.\uD83D\u0000";

    @TempDir
    Path directory;

    @Test
    void anyTextRunsOrIsRefused() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String text = mutated(random);
            Path file = Files.write(directory.resolve("t.yml"), text.getBytes(StandardCharsets.UTF_8));
            try {
                UnitTest.run(file);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    @Test
    void anyNotationIsReadOrRefusedWithItsPlace() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] pieces = {
            "1",
            "_",
            "x",
            "3",
            "stale",
            "+",
            "-",
            " ",
            " ",
            "1e9",
            ".",
            "NaN",
            "Inf",
            "x999999999",
            "{",
            "}",
            "up",
            "=",
            "\"a\"",
            ",",
            "'",
            "\\",
            "é"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length >= 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String written = text.toString();
            try {
                long[] values = {0};
                SeriesValues.parse(written).forEach(100, (interval, value) -> values[0]++);
                assertThat(values[0]).isLessThanOrEqualTo(101);
            } catch (NotationException e) {
                assertThat(e.offset()).as("seed %s: %s", seed, written).isBetween(0, written.length());
            }
            try {
                MetricText.parse(written);
            } catch (NotationException e) {
                assertThat(e.offset()).as("seed %s: %s", seed, written).isBetween(0, written.length());
            }
        }
    }

    @Test
    void bombsEndSoonWithAClearError() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 30; i++) {
                laughs.append("a").append(i).append(": &a").append(i).append(" [");
                laughs.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
            }
            for (String text : List.of(
                    laughs.toString(),
                    "[".repeat(100_000),
                    "{a: ".repeat(50_000),
                    "tests: [" + "{}, ".repeat(20_000) + "]",
                    "tests: [{interval: 1m, input_series: [{series: up, values: '" + "1x999999999 ".repeat(1_000)
                            + "'}], promql_expr_test: [{expr: up, eval_time: 1d, exp_samples: [{labels: up, value: 1}]}]}]",
                    "tests: [{interval: 1ms, input_series: [{series: up, values: 1x999999999}], promql_expr_test: [{expr: up,"
                            + " eval_time: 1d}]}]",
                    "evaluation_interval: 1ms\ntests: [{promql_expr_test: [{expr: up, eval_time: 1y}]}]",
                    "tests: [{promql_expr_test: [{expr: '" + "(".repeat(100_000) + "', eval_time: 1y}]}]",
                    "tests: [{input_series: [{series: 'a{" + "a=\"b\",".repeat(50_000) + "', values: 1}]}]",
                    "tests: [{input_series: [{series: up, values: '" + "1".repeat(200_000) + "'}]}]",
                    "x".repeat(4_000_000))) {
                Path file = Files.writeString(directory.resolve("bomb.yml"), text);
                UnitTest.Result result = UnitTest.run(file);
                assertThat(result.failures().stream().mapToInt(String::length).sum())
                        .isLessThan(1_000_000);
            }
        });
    }

    @Test
    void faultsAreBounded() {
        try {
            TestFile.parse("t.yml", "tests: [" + "{interval: x}, ".repeat(5_000) + "]");
        } catch (RuleFileException e) {
            assertThat(e.faults()).hasSize(1_000);
        }
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(SEED);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 1 -> text.insert(at, String.valueOf(c).repeat(1 + random.nextInt(3)));
                case 2 -> text.setCharAt(at, c);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
            }
        }
        return text.toString();
    }
}
