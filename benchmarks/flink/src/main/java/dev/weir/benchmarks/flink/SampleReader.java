package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.engine.limit.BatchSchema;
import dev.weir.benchmarks.engine.limit.EventBytes;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes records apart with the decoder of the limit loop. One a source thread. */
final class SampleReader implements KafkaRecordDeserializationSchema<Sample> {
    private final Map<String, Object> registry;
    private transient @Nullable Reading reading;

    SampleReader(Map<String, Object> registry) {
        this.registry = Map.copyOf(registry);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reading = new Reading(new BatchSchema(registry), new EventBytes(), ConsumedRecords.counter());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Sample> out) {
        Reading own = reading;
        if (own == null) {
            throw new IllegalStateException("reader is not open, must be before it reads");
        }
        byte[] value = record.value();
        boolean batch = own.schema.isBatch(ByteBuffer.wrap(value).getInt(1));
        EventBytes event = own.event;
        event.open(value, 0, batch);
        while (event.next()) {
            SeriesKey series = new SeriesKey(Long.hashCode(event.seriesHash()), batch, event.seriesBytes());
            out.collect(new Sample(series, event.timestampMs(), event.value(), event.outcome()));
        }
        own.counter.increment();
    }

    @Override
    public TypeInformation<Sample> getProducedType() {
        return new OwnType<>(Sample.class, SampleSerializer.INSTANCE);
    }

    private record Reading(BatchSchema schema, EventBytes event, ConsumedRecords.Counter counter) {}
}
