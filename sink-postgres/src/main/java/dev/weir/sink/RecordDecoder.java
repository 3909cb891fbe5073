package dev.weir.sink;

import dev.weir.serde.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Makes a batch of records into the rows of some tables, and rejects. One thread. */
final class RecordDecoder {
    private final Deserializer<?> deserializer;
    private final List<RowTable<?, ?>> tables;
    private final String allowed;

    /** @param tables in the order of writing */
    RecordDecoder(Deserializer<?> deserializer, List<RowTable<?, ?>> tables) {
        this.deserializer = deserializer;
        this.tables = List.copyOf(tables);
        allowed = tables.stream()
                .map(table -> table.recordType().getSimpleName())
                .distinct()
                .collect(Collectors.joining(" or a "));
    }

    /** @throws RegistryUnavailableException nothing is known about a record yet: decode the batch again later */
    Batch decode(Collection<ConsumerRecord<byte[], byte[]>> records) {
        List<Collected<?, ?>> collected = new ArrayList<>();
        tables.forEach(table -> collected.add(new Collected<>(table)));
        List<Reject> rejects = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                Object value = deserialize(record);
                for (Collected<?, ?> rows : collected) {
                    rows.take(value, record);
                }
            } catch (RegistryUnavailableException e) {
                throw e;
            } catch (SerializationException e) {
                rejects.add(new Reject(record, "undecodable: " + e.getMessage()));
            } catch (UnstorableException e) {
                rejects.add(new Reject(record, String.valueOf(e.getMessage())));
            }
        }
        List<TableRows<?>> arranged = new ArrayList<>();
        collected.forEach(rows -> arranged.add(rows.arranged()));
        return Batch.of(arranged, rejects, records);
    }

    private Object deserialize(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnstorableException("value is null, must be a " + allowed);
        }
        // The deserializer follows the writer's schema, so any class may come.
        @Nullable Object value = deserializer.deserialize(record.topic(), record.headers(), record.value());
        if (value != null
                && tables.stream().anyMatch(table -> table.recordType().isInstance(value))) {
            return value;
        }
        throw new UnstorableException(
                "value is " + (value == null ? null : "a " + value.getClass().getName()) + ", must be a " + allowed);
    }

    private record Collected<V, R extends Row>(RowTable<V, R> table, List<R> rows) {
        Collected(RowTable<V, R> table) {
            this(table, new ArrayList<>());
        }

        void take(Object value, ConsumerRecord<byte[], byte[]> source) {
            if (table.recordType().isInstance(value)) {
                rows.addAll(table.rows(table.recordType().cast(value), source));
            }
        }

        TableRows<R> arranged() {
            return new TableRows<>(table, table.arrange(rows));
        }
    }
}
