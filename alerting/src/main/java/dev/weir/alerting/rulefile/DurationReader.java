package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.PromDuration;
import java.time.Duration;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a duration out of a scalar; nothing, and a fault, if it is none. */
public final class DurationReader {
    private DurationReader() {}

    /** {@code what} names the duration in the fault. */
    public static Optional<Duration> read(String what, ScalarNode node, Faults faults) {
        try {
            return Optional.of(PromDuration.parse(node.getValue()));
        } catch (IllegalArgumentException e) {
            faults.add(node, what + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
