package dev.weir.alerting.rulefile;

import java.util.List;
import java.util.stream.Collectors;

/** All faults of a file of rules or of their tests. The only exception that parsing one throws; its message has one fault a line. */
public final class RuleFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    RuleFileException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the file. */
    public List<Fault> faults() {
        return faults;
    }
}
