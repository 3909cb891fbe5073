package dev.weir.sink;

import dev.weir.serde.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Makes a batch of records into the rows of some tables, and rejects. One thread; it owns its deserializer. */
final class RecordDecoder implements AutoCloseable {
    private final Deserializer<?> deserializer;
    private final List<RowTable<?, ?>> tables;
    private final Foreign foreign;
    private final String allowed;

    /** What becomes of records that are none of the tables', or none at all. */
    enum Foreign {
        SET_ASIDE,
        /** Another reader of the topic sets them aside. */
        SKIP
    }

    /** Sets aside what none of the tables takes. */
    RecordDecoder(Deserializer<?> deserializer, List<RowTable<?, ?>> tables) {
        this(deserializer, tables, Foreign.SET_ASIDE);
    }

    /** @param tables in the order of writing */
    RecordDecoder(Deserializer<?> deserializer, List<RowTable<?, ?>> tables, Foreign foreign) {
        this.deserializer = deserializer;
        this.tables = List.copyOf(tables);
        this.foreign = foreign;
        List<String> types = tables.stream()
                .map(table -> table.recordType().getSimpleName())
                .distinct()
                .toList();
        allowed = types.size() == 1 ? "a " + types.get(0) : "one of " + String.join(", ", types);
    }

    /** @throws RegistryUnavailableException nothing is known about a record yet: decode the batch again later */
    Batch decode(Collection<ConsumerRecord<byte[], byte[]>> records) {
        List<Collected<?, ?>> collected = new ArrayList<>();
        tables.forEach(table -> collected.add(new Collected<>(table)));
        List<Reject> rejects = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            decode(record, collected, rejects);
        }
        List<TableRows<?>> arranged = new ArrayList<>();
        collected.forEach(rows -> arranged.add(rows.arranged()));
        return Batch.of(arranged, rejects, records);
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private void decode(ConsumerRecord<byte[], byte[]> record, List<Collected<?, ?>> collected, List<Reject> rejects) {
        Object value;
        try {
            value = value(record);
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            if (foreign == Foreign.SET_ASIDE) {
                rejects.add(new Reject(record, reason(e)));
            }
            return;
        }
        try {
            for (Collected<?, ?> rows : collected) {
                rows.take(value, record);
            }
        } catch (UnstorableException e) {
            rejects.add(new Reject(record, String.valueOf(e.getMessage())));
        }
    }

    private Object value(ConsumerRecord<byte[], byte[]> record) {
        // The deserializer follows the writer's schema, so any class may come.
        @Nullable
        Object value = record.value() == null
                ? null
                : deserializer.deserialize(record.topic(), record.headers(), record.value());
        if (value != null
                && tables.stream().anyMatch(table -> table.recordType().isInstance(value))) {
            return value;
        }
        throw new ForeignRecordException(
                "value is " + (value == null ? null : "a " + value.getClass().getName()) + ", must be " + allowed);
    }

    private static String reason(SerializationException e) {
        return e instanceof ForeignRecordException ? String.valueOf(e.getMessage()) : "undecodable: " + e.getMessage();
    }

    private static final class ForeignRecordException extends SerializationException {
        ForeignRecordException(String message) {
            super(message);
        }
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
