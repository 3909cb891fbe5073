package dev.weir.topology;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input records of the service {@code shop}, short to write. */
final class Events {
    static final String SERVICE = "shop";

    private Events() {}

    static MetricEvent gauge(Instant time, String metric, double value) {
        return event(time, metric, MetricKind.GAUGE, value, Map.of());
    }

    static MetricEvent event(Instant time, String metric, MetricKind kind, double value, Map<String, String> labels) {
        return new MetricEvent(time, SERVICE, metric, kind, value, null, null, labels, null);
    }

    static Measurement measurement(Instant time, String metric, double value, Map<String, String> labels) {
        return new Measurement(time, metric, MetricKind.OBSERVATION, value, null, Outcome.SUCCESS, labels, null);
    }

    static HistogramEvent histogram(Instant time, String metric, byte[] histogram, @Nullable Double sum) {
        return new HistogramEvent(
                time, SERVICE, metric, null, Outcome.ERROR, Map.of(), ByteBuffer.wrap(histogram), sum, null);
    }
}
