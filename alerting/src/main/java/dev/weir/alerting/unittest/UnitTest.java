package dev.weir.alerting.unittest;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleFileException;
import dev.weir.alerting.rulefile.RuleGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tests of one file and of the rule files that it names.
 *
 * <p>Every sample counts by itself, so ranges, intervals and times of any length are exact. Ranges are closed at both ends,
 * as in Prometheus 2.
 */
public final class UnitTest {
    /** Rules under test see time in milliseconds. */
    private static final Duration PANE = Duration.ofMillis(1);

    private UnitTest() {}

    /**
     * What came of a file.
     *
     * @param warnings patterns of rule files that match nothing
     * @param failures what is wrong with the files, or else what differs from the expectations; empty if all is well
     */
    public record Result(List<String> warnings, List<String> failures) {
        public Result {
            warnings = List.copyOf(warnings);
            failures = List.copyOf(failures);
        }
    }

    /** Runs the tests of a file. */
    public static Result run(Path file) {
        List<String> warnings = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            TestFile tests = TestFile.parse(file.toString(), read(file));
            Set<Path> ruleFiles = new LinkedHashSet<>();
            for (String pattern : tests.ruleFiles()) {
                List<Path> found = RuleFileGlob.find(file, pattern);
                if (found.isEmpty()) {
                    warnings.add("no file match pattern " + RuleFileGlob.resolve(file, pattern));
                }
                ruleFiles.addAll(found);
            }
            failures.addAll(run(tests, ruleFiles));
        } catch (RuleFileException e) {
            e.faults().forEach(fault -> failures.add(fault.toString()));
        } catch (UncheckedIOException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        return new Result(warnings, failures);
    }

    private static List<String> run(TestFile tests, Set<Path> ruleFiles) {
        List<String> failures = new ArrayList<>();
        if (tests.tests().isEmpty()) {
            return failures;
        }
        List<RuleGroup> groups = new ArrayList<>();
        for (Path ruleFile : ruleFiles) {
            try {
                groups.addAll(RuleFile.parse(ruleFile.toString(), read(ruleFile), tests.interval(), PANE)
                        .groups());
            } catch (RuleFileException e) {
                e.faults().forEach(fault -> failures.add(fault.toString()));
            }
        }
        if (failures.isEmpty()) {
            groups.sort(
                    Comparator.comparing(group -> Math.max(0, tests.groupOrder().indexOf(group.name()))));
            tests.tests().forEach(test -> failures.addAll(new TestRun(test, tests.interval(), groups).failures()));
        }
        return failures;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(file + ": file is missing", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
