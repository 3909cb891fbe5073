package dev.weir.alerting.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitTestTest {
    @TempDir
    Path directory;

    @Test
    void alertFiresAfterItsHold() throws IOException {
        Files.writeString(directory.resolve("rules.yml"), """
                groups:
                  - name: g
                    rules:
                      - alert: Down
                        expr: up == 0
                        for: 2m
                        annotations: {text: '{{ $labels.job }}'}
                """);
        String tests = """
                rule_files: [rules.yml]
                tests:
                  - interval: 1m
                    input_series: [{series: 'up{job="a"}', values: '1 0x5'}]
                    alert_rule_test:
                      - {eval_time: 2m59s, alertname: Down}
                      - {eval_time: 3m, alertname: Down, exp_alerts: [{exp_labels: {job: a}, exp_annotations: {text: a}}]}
                """;
        assertThat(run(tests).failures()).isEmpty();
        assertThat(run(tests.replace("text: a}", "text: b}")).failures())
                .containsExactly("""
                            alertname: Down, time: 3m,\s
                                exp:[
                                    0:
                                      Labels:{alertname="Down", job="a"}
                                      Annotations:{text="b"}
                                    ],\s
                                got:[
                                    0:
                                      Labels:{alertname="Down", job="a"}
                                      Annotations:{text="a"}
                                    ]""".indent(4).stripTrailing());
    }

    @Test
    void valuesAreEqualWithinRounding() throws IOException {
        String tests = """
                tests:
                  - interval: 1m
                    promql_expr_test: [{expr: '1 / 3', exp_samples: [{value: VALUE}]}]
                """;
        assertThat(run(tests.replace("VALUE", "0.3333333334")).failures())
                .containsExactly("""
                            expr: "1 / 3", time: 0s,
                                exp: {} 3.333333334E-01
                                got: {} 3.333333333333333E-01""".indent(4).stripTrailing());
        assertThat(run(tests.replace("VALUE", "0.33333333333340")).failures()).isEmpty();
        assertThat(run(tests.replace("VALUE", ".nan")).failures()).hasSize(1);
    }

    @Test
    void faultsNameTheirPlaces() throws IOException {
        String tests = """
                rule_files: [rules.yml]
                tests:
                  - interval: 1q
                    input_series:
                      - series: 'up{job="a'
                        values: 1
                      - {series: up, values: '1 2 three'}
                    promql_expr_test:
                      - expr: sum(
                        eval_time: 1000001m
                """;
        assertThat(run(tests).failures())
                .extracting(failure -> failure.replace(directory.toString(), ""))
                .containsExactly(
                        "/tests.yml:3:15: interval: not a valid duration: \"1q\", must be like 30s, 5m or 1h30m (y w d h m s"
                                + " ms, in this order)",
                        "/tests.yml:5:25: unterminated quoted string",
                        "/tests.yml:7:35: unexpected \"three\" in series values, must be a number, _ or stale, or repeated as"
                                + " 1x3, 1+2x3 or _x3",
                        "/tests.yml:10:20: eval_time is 694d10h41m, must be at most 1000000 times the evaluation"
                                + " interval, 1m");
    }

    @Test
    void tooManySamplesEndTheTest() throws IOException {
        assertThat(run("""
                tests:
                  - interval: 1ms
                    input_series: [{series: up, values: '1x999999999'}]
                    promql_expr_test: [{expr: up, eval_time: 1h}]
                """).failures()).containsExactly("    a test has more than 1000000 samples");
    }

    @Test
    void patternThatMatchesNothingIsAWarning() throws IOException {
        UnitTest.Result result = run("rule_files: [none*.yml]");
        assertThat(result.failures()).isEmpty();
        assertThat(result.warnings()).containsExactly("no file match pattern " + directory.resolve("none*.yml"));
    }

    @Test
    void missingFileIsAFailure() {
        Path missing = directory.resolve("missing.yml");
        assertThat(UnitTest.run(missing).failures()).isEqualTo(List.of(missing + ": file is missing"));
    }

    private UnitTest.Result run(String tests) throws IOException {
        return UnitTest.run(Files.writeString(directory.resolve("tests.yml"), tests));
    }
}
