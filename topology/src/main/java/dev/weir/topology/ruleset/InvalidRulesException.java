package dev.weir.topology.ruleset;

import dev.weir.alerting.rulefile.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** All faults of all files of a rule set; its message has one a line, as {@code file:line:column: what}. */
public final class InvalidRulesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    InvalidRulesException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the files. */
    public List<Fault> faults() {
        return faults;
    }
}
