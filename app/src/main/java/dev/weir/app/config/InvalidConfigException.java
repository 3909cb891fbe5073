package dev.weir.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The refusal of a configuration, with every fault of it: one line each in the message. */
public final class InvalidConfigException extends RuntimeException {
    private final transient List<Fault> faults;

    public InvalidConfigException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
