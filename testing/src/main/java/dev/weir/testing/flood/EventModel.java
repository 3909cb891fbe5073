package dev.weir.testing.flood;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** The classes of events for Avro's own reader, which loads none by its name unless a system property lists it. */
final class EventModel extends SpecificData {
    private static final Map<String, Class<?>> CLASSES = Map.of(
            MetricEvent.class.getName(), MetricEvent.class,
            MetricBatch.class.getName(), MetricBatch.class,
            Measurement.class.getName(), Measurement.class,
            HistogramEvent.class.getName(), HistogramEvent.class,
            MetricKind.class.getName(), MetricKind.class,
            Outcome.class.getName(), Outcome.class);

    EventModel() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM -> CLASSES.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}
