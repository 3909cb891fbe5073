package dev.weir.app.rule;

import dev.weir.alerting.lint.Finding;
import dev.weir.alerting.lint.Lint;
import dev.weir.alerting.lint.MetricFacts;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleFileException;
import dev.weir.topology.PipelineSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What {@code weir check rules} does: reads every file, prints what it holds, or every fault of it; then what in the files
 * without a fault cannot be meant.
 */
public final class RuleCheck {
    private final Duration defaultInterval;
    private final Lint lint;
    private final PrintWriter out;
    private final PrintWriter err;
    private boolean faulty;
    private boolean linted;

    private RuleCheck(Duration defaultInterval, MetricFacts facts, PrintWriter out, PrintWriter err) {
        this.defaultInterval = defaultInterval;
        lint = new Lint(facts);
        this.out = out;
        this.err = err;
    }

    /** Outcome of a check of several files; the worst of them. */
    public enum Outcome {
        GOOD,
        /** All load, at least one has a finding. */
        FINDINGS,
        /** At least one does not load. */
        FAULTS
    }

    /**
     * Checks all files, whatever is found in the first.
     *
     * @param facts what is known of metrics besides their names
     */
    public static Outcome check(
            Collection<Path> files, Duration defaultInterval, MetricFacts facts, PrintWriter out, PrintWriter err) {
        RuleCheck check = new RuleCheck(defaultInterval, facts, out, err);
        files.forEach(check::check);
        out.flush();
        err.flush();
        return check.faulty ? Outcome.FAULTS : check.linted ? Outcome.FINDINGS : Outcome.GOOD;
    }

    private void check(Path file) {
        try {
            String yaml = Files.readString(file, StandardCharsets.UTF_8);
            RuleFile rules = RuleFile.parse(file.toString(), yaml, defaultInterval, PipelineSettings.PANE);
            report(file, rules, lint.check(rules, yaml));
        } catch (RuleFileException invalid) {
            invalid.faults().forEach(err::println);
            faulty = true;
        } catch (NoSuchFileException missing) {
            err.println(file + ": file is missing");
            faulty = true;
        } catch (IOException unreadable) {
            err.println(file + ": cannot be read: " + unreadable.getMessage());
            faulty = true;
        }
    }

    private void report(Path file, RuleFile rules, List<Finding> findings) {
        int count =
                rules.groups().stream().mapToInt(group -> group.rules().size()).sum();
        String found = findings.isEmpty() ? "" : ", " + findings.size() + " findings";
        out.println(file + ": " + rules.groups().size() + " groups, " + count + " rules" + found);
        out.flush();
        findings.forEach(err::println);
        linted |= !findings.isEmpty();
    }
}
