package dev.weir.app.command;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.explain.Explanation;
import dev.weir.app.explain.KnownSeries;
import dev.weir.app.rule.LoadedRules;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleSet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explains rules. */
@Command(
        name = "explain",
        header = "Explain rules: what each reads, how it could be divided and combined, how much is kept.",
        description = {
            "%nWith --bootstrap, --config or --set the series come from weir.aggregates of that Weir; without, no series are"
                    + " known.%n"
        })
final class ExplainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private TargetOptions target;

    @Option(
            names = "--read-for",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "5s",
            description = "Longest time to read series (default: ${DEFAULT-VALUE}).")
    private Duration readFor;

    @Mixin
    private RuleFileOptions ruleFiles;

    @Override
    public void run() {
        RuleSet rules = LoadedRules.read(ruleFiles.files(), ruleFiles.defaultInterval());
        PrintWriter out = spec.commandLine().getOut();
        Explanation explanation = new Explanation(series(), out);
        rules.units().forEach(explanation::print);
        out.flush();
    }

    private Optional<Collection<Series>> series() {
        if (target.settings().isEmpty() && !config.isGiven()) {
            return Optional.empty();
        }
        WeirConfig read = config.read(target.settings()).config();
        return Optional.of(KnownSeries.read(read, readFor));
    }
}
