package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event and when it is to be sent.
 *
 * @param due when to send it: its own time, unless the event is disordered or faulty
 * @param event the event
 * @param expected why it must be rejected, or null if it must be aggregated
 */
public record Emission(
        Instant due, MetricEvent event, @Nullable ExpectedReject expected) {}
