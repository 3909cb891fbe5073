package dev.weir.sink;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes a batch of records into rows and rejects; windows other than one hour become neither. One thread. */
final class AggregateDecoder {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Deserializer<WindowAggregate> deserializer;

    AggregateDecoder(Deserializer<WindowAggregate> deserializer) {
        this.deserializer = deserializer;
    }

    /** @throws RegistryUnavailableException nothing is known about a record yet: decode the batch again later */
    Batch decode(Collection<ConsumerRecord<byte[], byte[]>> records) {
        List<HourlyRow> rows = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                WindowAggregate aggregate = deserialize(record);
                if (isHourly(aggregate)) {
                    rows.add(HourlyRow.of(aggregate, record));
                }
            } catch (RegistryUnavailableException e) {
                throw e;
            } catch (SerializationException e) {
                rejects.add(new Reject(record, "undecodable: " + e.getMessage()));
            } catch (UnstorableException e) {
                rejects.add(new Reject(record, String.valueOf(e.getMessage())));
            }
        }
        return Batch.of(rows, rejects, records);
    }

    private WindowAggregate deserialize(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnstorableException("value is null, must be a WindowAggregate");
        }
        // A deserializer that follows the writer's schema may return another class than its type says.
        Object value = ((Deserializer<?>) deserializer).deserialize(record.topic(), record.headers(), record.value());
        if (value instanceof WindowAggregate aggregate) {
            return aggregate;
        }
        throw new UnstorableException("value is "
                + (value == null ? null : "a " + value.getClass().getName()) + ", must be a WindowAggregate");
    }

    private static boolean isHourly(WindowAggregate aggregate) {
        return Duration.between(aggregate.getWindowStart(), aggregate.getWindowEnd())
                .equals(HOUR);
    }
}
