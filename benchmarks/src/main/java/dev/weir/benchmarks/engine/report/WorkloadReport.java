package dev.weir.benchmarks.engine.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All systems under one workload, in the order of their turns. One thread. */
public final class WorkloadReport {
    private final String name;
    private final Map<String, SystemReport> systems = new LinkedHashMap<>();

    public WorkloadReport(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The report of a system, empty at first. */
    public SystemReport system(String system) {
        return systems.computeIfAbsent(system, unknown -> new SystemReport());
    }

    public Map<String, SystemReport> systems() {
        return systems;
    }

    /** CPU per event of one system over that of another, by medians; empty where one was not measured. */
    public OptionalDouble cpuRatio(String one, String other) {
        Optional<SystemReport> above = measured(one);
        Optional<SystemReport> below = measured(other);
        return above.isEmpty() || below.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(above.get().cpuPerMillion().median()
                        / below.get().cpuPerMillion().median());
    }

    /** Events per second of one system over those of another, by medians; empty where one was not measured. */
    public OptionalDouble speedRatio(String one, String other) {
        Optional<SystemReport> above = measured(one);
        Optional<SystemReport> below = measured(other);
        return above.isEmpty() || below.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(above.get().eventsPerSecond().median()
                        / below.get().eventsPerSecond().median());
    }

    private Optional<SystemReport> measured(String system) {
        return Optional.ofNullable(systems.get(system)).filter(report -> report.repetitions() > 0);
    }
}
