package dev.weir.app.demo;

import dev.weir.app.produce.EventSender;
import dev.weir.rejected.RejectReason;
import dev.weir.testing.oracle.WindowOracle;
import dev.weir.testing.workload.Emission;
import java.util.EnumMap;
import java.util.Map;

/** Sends events and keeps in mind what must become of each. One thread. */
final class Traffic {
    private final EventSender sender;
    private final WindowOracle oracle = new WindowOracle();
    private final Map<RejectReason, Long> expectedRejects = new EnumMap<>(RejectReason.class);
    private long events;

    Traffic(EventSender sender) {
        this.sender = sender;
    }

    void send(Emission emission) {
        sender.send(emission.event());
        events++;
        if (emission.expected() == null) {
            oracle.add(emission.event());
        } else {
            expectedRejects.merge(emission.expected().reason(), 1L, Long::sum);
        }
    }

    /** Returns when Kafka has all that was sent. */
    void finish() {
        sender.finish();
    }

    long events() {
        return events;
    }

    /** Recomputes the windows of the events that must have been aggregated. */
    WindowOracle oracle() {
        return oracle;
    }

    /** How many events must have been rejected, by reason. */
    Map<RejectReason, Long> expectedRejects() {
        return expectedRejects;
    }
}
