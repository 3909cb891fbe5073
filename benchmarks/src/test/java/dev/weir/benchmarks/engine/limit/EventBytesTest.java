package dev.weir.benchmarks.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.engine.workload.EventRecords;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.serde.AvroSerializer;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Held to the objects that were encoded. */
final class EventBytesTest {
    private static final int SERIES = 200;

    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final EventBytes bytes = new EventBytes();
    private final SeriesIndex index = new SeriesIndex();

    @Test
    void singleEventsAreReadAsTheyWereWritten() {
        Set<Integer> numbers = new HashSet<>();
        forEach(false, (record, encoded) -> {
            MetricEvent event = (MetricEvent) record;
            bytes.open(encoded, 0, false);
            assertThat(bytes.next()).isTrue();
            assertThat(bytes.timestampMs()).isEqualTo(event.getTimestamp().toEpochMilli());
            assertThat(bytes.value()).isEqualTo(event.getValue());
            assertThat(bytes.outcome()).isEqualTo(event.getOutcome());
            int number = index.numberOf(bytes);
            assertThat(index.series(number).metric()).isEqualTo(event.getMetric());
            assertThat(index.series(number).service()).isEqualTo(event.getService());
            assertThat(index.series(number).labels()).isEqualTo(event.getLabels());
            assertThat(index.series(number).unit()).isEqualTo(event.getUnit());
            assertThat(EventBytes.series(bytes.seriesBytes(), false)).isEqualTo(index.series(number));
            assertThat(bytes.next()).isFalse();
            numbers.add(number);
        });
        assertThat(numbers).hasSize(SERIES);
    }

    @Test
    void measurementsOfBatchesAreReadAsTheyWereWritten() {
        Set<Integer> numbers = new HashSet<>();
        forEach(true, (record, encoded) -> {
            if (record instanceof MetricBatch batch) {
                bytes.open(encoded, 0, true);
                batch.getMeasurements().forEach(one -> {
                    assertThat(bytes.next()).isTrue();
                    assertThat(bytes.timestampMs()).isEqualTo(one.getTimestamp().toEpochMilli());
                    assertThat(bytes.value()).isEqualTo(one.getValue());
                    int number = index.numberOf(bytes);
                    assertThat(index.series(number).service()).isEqualTo(batch.getService());
                    assertThat(index.series(number).labels()).containsAllEntriesOf(batch.getLabels());
                    assertThat(index.series(number).labels()).containsAllEntriesOf(one.getLabels());
                    assertThat(EventBytes.series(bytes.seriesBytes(), true)).isEqualTo(index.series(number));
                    numbers.add(number);
                });
                assertThat(bytes.next()).isFalse();
            }
        });
        assertThat(numbers).hasSize(SERIES);
    }

    private interface Encoded {
        void accept(SpecificRecord record, byte[] encoded);
    }

    private void forEach(boolean batched, Encoded encoded) {
        serializer.configure(Map.of("schema.registry.url", "mock://event-bytes-" + batched), false);
        WorkloadSpec spec = new WorkloadSpec("test", SERIES, batched, 2, 1_000, 0);
        new EventRecords(spec)
                .forEach((partition, key, record) -> encoded.accept(
                        record, Objects.requireNonNull(serializer.serialize("events-" + record.getClass(), record))));
    }
}
