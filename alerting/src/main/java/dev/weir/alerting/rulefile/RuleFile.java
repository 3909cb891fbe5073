package dev.weir.alerting.rulefile;

import java.time.Duration;
import java.util.List;

/** A rule file that has been read without a fault: its groups in their order. */
public record RuleFile(String name, List<RuleGroup> groups) {
    public RuleFile {
        groups = List.copyOf(groups);
    }

    /**
     * Reads a rule file.
     *
     * @param name the file's name as messages and group ids show it
     * @param defaultInterval interval of groups that give none
     * @param pane length of a pane; intervals and ranges must be whole multiples of it
     * @throws RuleFileException with every fault, if it has one
     */
    public static RuleFile parse(String name, String yaml, Duration defaultInterval, Duration pane) {
        Faults faults = new Faults(name, yaml);
        RuleFile file = new GroupReader(name, defaultInterval, new PaneCheck(pane), faults).read(yaml);
        faults.throwIfAny();
        return file;
    }
}
