package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.serde.AvroSerializer;
import dev.weir.testing.clock.ManualClock;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.source.RecordPack;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

final class IngestAllocationTest {
    private static final int EVENTS = 2_000;
    private static final Instant NOW = Instant.ofEpochMilli(Packs.BROKER_MS);

    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    @Test
    @SuppressWarnings("unchecked")
    void goodEventsAllocateNothing() {
        serializer.configure(TestSettings.SERDE, false);
        MemoryStores stores = new MemoryStores();
        stores.clock(IngestClock.STORE);
        IngestProcessor ingest = new IngestProcessor(TestSettings.of(
                4,
                TimeSettings.DEFAULTS,
                new InputPositions(),
                new ManualClock(NOW),
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS));
        ingest.start((MockProcessorContext<String, Object>) (MockProcessorContext<?, ?>) stores.context());
        Record<byte[], RecordPack> pack = new Record<>(new byte[0], pack(), 0);
        for (int i = 0; i < 50; i++) {
            ingest.process(pack);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 50; i++) {
            ingest.process(pack);
        }
        double bytesPerEvent = (double) (threads.getThreadAllocatedBytes(thread) - before) / (50 * EVENTS);
        assertThat(bytesPerEvent).isLessThan(1);
    }

    private RecordPack pack() {
        byte[][] values = new byte[EVENTS / 2 + EVENTS / 20][];
        for (int i = 0; i < values.length; i++) {
            values[i] = Objects.requireNonNull(serializer.serialize("events", i < EVENTS / 2 ? event(i) : batch(i)));
        }
        return Packs.of(values);
    }

    private static MetricEvent event(int i) {
        return new MetricEvent(
                NOW, "shop", "d_seconds", MetricKind.OBSERVATION, i / 1e3, "s", Outcome.HIT, labels(i), null);
    }

    private static MetricBatch batch(int from) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = from; i < from + 10; i++) {
            measurements.add(
                    new Measurement(NOW, "d_seconds", MetricKind.OBSERVATION, i / 1e3, null, null, labels(i), "id"));
        }
        return new MetricBatch("shop", Map.of("shared", "1"), measurements);
    }

    private static Map<String, String> labels(int i) {
        return Map.of("a", "" + i % 100, "b", "x");
    }
}
