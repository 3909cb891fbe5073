package dev.weir.alerting.unittest;

import dev.weir.alerting.rulefile.RuleFileException;
import java.time.Duration;
import java.util.List;

/**
 * A test file that has been read without a fault.
 *
 * @param ruleFiles paths or globs, relative to the file
 * @param interval between the ticks, of all groups
 * @param groupOrder names of groups in the order of their evaluation; others come with the first
 */
record TestFile(List<String> ruleFiles, Duration interval, List<String> groupOrder, List<RuleTest> tests) {
    TestFile {
        ruleFiles = List.copyOf(ruleFiles);
        groupOrder = List.copyOf(groupOrder);
        tests = List.copyOf(tests);
    }

    /**
     * Reads a test file.
     *
     * @param name as messages show it
     * @throws RuleFileException with every fault, if it has one
     */
    static TestFile parse(String name, String yaml) {
        return new TestFileReader(name, yaml).read();
    }
}
