package dev.weir.app.command;

import dev.weir.alerting.lint.MetricFacts;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.rule.RuleCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks rule files. */
@Command(
        name = "rules",
        header = "Check rule files; every fault and every finding is printed as file:line:column: message.",
        description = {
            "%nA fault is why a file does not load. A finding is something that loads and cannot be meant; a comment"
                    + " `# weir:ignore CHECK` on the rule silences it.%n"
        },
        footer = {
            "%nChecks:",
            "  per-series-division  a series divided by itself instead of by the total",
            "  mixed-units          seconds compared with milliseconds",
            "  beyond-top-bucket    a threshold above everything that a histogram tells apart",
            "  out-of-range         a threshold that a ratio or a percentage cannot cross",
            "  inverted-ratio       an alert that holds while all is well",
            "  lifetime-counter     a counter read without rate or increase",
            "  rate-of-gauge        rate or increase of what is no counter",
            "  up-without-absent    an alert on a target that is down, none on a gone one",
            "  percent-sign         a share shown with a percent sign, a percentage times 100",
            "  lost-label           a text that shows a label which the result does not have",
            "  unknown-check        a comment that silences a check which there is not",
            "%nExit status: 0 ok, 1 faults, 2 wrong command line, 3 findings but no fault."
        })
final class CheckRulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration, YAML: its section metrics says where histograms end.")
    private @Nullable Path config;

    @Mixin
    private RuleFileOptions rules;

    @Override
    public Integer call() {
        RuleCheck.Outcome outcome = RuleCheck.check(
                rules.files(),
                rules.defaultInterval(),
                facts(),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return switch (outcome) {
            case GOOD -> ExitStatus.OK;
            case FINDINGS -> ExitStatus.LINT;
            case FAULTS -> ExitStatus.INVALID;
        };
    }

    private MetricFacts facts() {
        return config == null
                ? MetricFacts.OF_NAMES
                : new MetricFacts(new ConfigReader(System.getenv())
                        .read(Optional.of(config), Map.of())
                        .config()
                        .metrics()
                        .ranges());
    }
}
