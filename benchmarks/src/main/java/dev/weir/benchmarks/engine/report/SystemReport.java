package dev.weir.benchmarks.engine.report;

import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The repetitions of one system under one workload. Grows; one thread. */
public final class SystemReport {
    private final List<PassResult> repetitions = new ArrayList<>();
    private Optional<Long> mismatches = Optional.empty();

    /**
     * Adds a repetition.
     *
     * @param found mismatches of its outputs; empty where none are checked
     */
    public void add(PassResult result, Optional<Long> found) {
        repetitions.add(result);
        found.ifPresent(some -> mismatches = Optional.of(mismatches.orElse(0L) + some));
    }

    public int repetitions() {
        return repetitions.size();
    }

    public long events() {
        return repetitions.get(0).events();
    }

    /** Wrong, missing and surplus windows of all repetitions; empty where none are checked. */
    public Optional<Long> mismatches() {
        return mismatches;
    }

    public Spread eventsPerSecond() {
        return spread(PassResult::eventsPerSecond);
    }

    /** CPU seconds per million events. */
    public Spread cpuPerMillion() {
        return spread(PassResult::cpuSecondsPerMillion);
    }

    public Spread allocatedPerEvent() {
        return spread(PassResult::allocatedBytesPerEvent);
    }

    public Spread wallSeconds() {
        return spread(PassResult::wallSeconds);
    }

    private Spread spread(ToDoubleFunction<PassResult> figure) {
        return Spread.of(repetitions.stream().map(figure::applyAsDouble).toList());
    }
}
