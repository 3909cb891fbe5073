package dev.weir.app.command;

import dev.weir.alerting.unittest.UnitTest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs promtool's unit-test files; prints what promtool prints, failures to the error stream. */
@Command(
        name = "rules",
        header = "Run unit tests of rules, the files of \"promtool test rules\".",
        description = {
            "%nA test file names rule files, gives values to series and says which alerts fire and which samples an"
                    + " expression has at which times. Nothing else is needed: no Kafka, no clock.",
            "",
            "Each sample counts by itself, so any time is exact. Values are equal within 1e-12 of each other. Ranges are"
                    + " closed at both ends, as in Prometheus 2: a sample exactly 5m old is in [5m]."
        },
        footer = {
            "%nExample:",
            "  rule_files: [rules.yml]",
            "  tests:",
            "    - interval: 1m",
            "      input_series:",
            "        - {series: 'up{job=\"api\"}', values: '1x4 0x10'}",
            "      alert_rule_test:",
            "        - {eval_time: 10m, alertname: Down, exp_alerts: [{exp_labels: {job: api}}]}",
            "      promql_expr_test:",
            "        - {expr: 'sum(up)', eval_time: 2m, exp_samples: [{labels: '{}', value: 1}]}",
            "%nExit status: 0 all tests pass, 1 a test fails or a file is faulty, 2 wrong command line."
        })
final class TestRulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Test files, YAML in promtool's form.")
    private List<Path> files;

    @Override
    public Integer call() {
        boolean good = true;
        for (Path file : files) {
            good &= run(file, spec.commandLine().getOut(), spec.commandLine().getErr());
        }
        return good ? ExitStatus.OK : ExitStatus.INVALID;
    }

    private static boolean run(Path file, PrintWriter out, PrintWriter err) {
        out.println("Unit Testing:  " + file);
        out.flush();
        UnitTest.Result result = UnitTest.run(file);
        result.warnings().forEach(warning -> err.println("  WARNING: " + warning));
        if (result.failures().isEmpty()) {
            out.println("  SUCCESS");
        } else {
            err.println("  FAILED:");
            result.failures().forEach(failure -> {
                err.println(failure);
                err.println();
            });
        }
        err.flush();
        out.println();
        out.flush();
        return result.failures().isEmpty();
    }
}
