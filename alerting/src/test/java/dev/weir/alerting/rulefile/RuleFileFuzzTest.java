package dev.weir.alerting.rulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleFileFuzzTest {
    private static final String SEED = """
            groups:
              - name: api
                interval: 30s
                rules:
                  - alert: "High\\tErrorRate"
                    expr: >-
                      sum(rate(errors_total{a="b"}[5m]))
                        > 0.05
                    for: 5m
                    labels: &l {severity: critical, x: '{{ $labels.y | printf "%5.1f" }}'}
                    annotations:
                      summary: '{{ $labels.job }}: {{- ($value | humanize) }} {{/* c */}}'
                  - record: job:up:avg
                    expr: 'avg_over_time(up[5m])'
                    labels: *l
            """;
    private static final String ALPHABET = " \n\t:-{}[]&*!|>'\"%@`#,?~é$\\.019ab\uD83D\u0000";

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyTextIsReadOrRefusedWithFaults(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String text = mutated(random);
            try {
                RuleFile.parse("f.yml", text, Duration.ofMinutes(1), Duration.ofSeconds(10));
            } catch (RuleFileException e) {
                assertThat(e.faults()).as(text).isNotEmpty().allMatch(fault -> fault.line() > 0 && fault.column() > 0);
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + " text " + text, e);
            }
        }
    }

    @Test
    void bombsEndSoonWithAClearError() {
        String rule = "{record: r, expr: '1'}, ";
        StringBuilder laughs = new StringBuilder("groups: [&g0 {name: g, rules: [&r0 " + rule);
        laughs.append("*r0, ".repeat(1_000))
                .append("]}, ")
                .append("*g0, ".repeat(1_000))
                .append("]");
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String text : List.of(
                    laughs.toString(),
                    "groups: " + "[".repeat(100_000),
                    "groups: " + "{groups: ".repeat(50_000),
                    "groups: [{name: g, rules: [" + "{}, ".repeat(50_000) + "]}]",
                    "groups: [{name: g, rules: [{alert: A, expr: up, annotations: {x: '"
                            + "{{ if true }}".repeat(50_000) + "'}}]}]",
                    "groups: [{name: g, rules: [{record: r, expr: '" + "-".repeat(100_000) + "1'}]}]",
                    "# ".repeat(3_000_000))) {
                assertThatThrownBy(() -> RuleFile.parse("f.yml", text, Duration.ofMinutes(1), Duration.ofSeconds(10)))
                        .isInstanceOfSatisfying(
                                RuleFileException.class,
                                e -> assertThat(e.faults()).hasSizeBetween(1, 1_000));
            }
        });
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
