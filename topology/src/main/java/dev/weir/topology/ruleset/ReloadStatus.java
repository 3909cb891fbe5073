package dev.weir.topology.ruleset;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the last reading of rules ended, for metrics; each change is one line of the log. Thread-safe. */
public final class ReloadStatus {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadStatus.class);

    /** Where rules come from. */
    public enum Source {
        FILES,
        TOPIC
    }

    private final InstantSource clock;
    private final Map<Source, String> faults = new EnumMap<>(Source.class);
    private @Nullable Instant lastSuccess;

    public ReloadStatus(InstantSource clock) {
        this.clock = clock;
    }

    /** The rules in the topic were read without a fault and are others than before. */
    synchronized void succeeded(RuleSet set) {
        lastSuccess = clock.instant();
        faults.remove(Source.TOPIC);
        LOG.info(
                "rules are read: {} groups of {}, they run from the next minute of events on",
                set.units().size(),
                set.texts().keySet());
    }

    /** Rules were refused, those before stay. */
    public synchronized void failed(Source source, String newFaults) {
        if (!newFaults.equals(faults.put(source, newFaults))) {
            LOG.warn("rules are refused, those before stay in force: {}", newFaults);
        }
    }

    /** What was refused is gone again. */
    public synchronized void recovered(Source source) {
        if (faults.remove(source) != null) {
            LOG.info("rules that were refused are gone, those in force are the newest again");
        }
    }

    public synchronized boolean successful() {
        return faults.isEmpty();
    }

    /** When other rules were read last; empty if they never were. */
    public synchronized Optional<Instant> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    /** Every fault of what is refused, one a line as {@code file:line:column: what}; empty if nothing is. */
    public synchronized Optional<String> faults() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", faults.values()));
    }
}
