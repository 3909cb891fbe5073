package dev.weir.sink;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;

/** The rows that a batch has for one table, in the order of writing. */
record TableRows<R extends Row>(RowTable<?, R> table, List<R> rows) {
    int size() {
        return rows.size();
    }

    /** See {@link RowTable#prepare}. */
    void prepare(Handle handle) {
        table.prepare(handle, rows);
    }

    /** See {@link RowTable#write}. */
    long write(Handle handle) {
        return table.write(handle, rows);
    }

    TableRows<R> part(int from, int to) {
        return new TableRows<>(table, rows.subList(from, to));
    }

    /** The rows whose records are wanted. */
    TableRows<R> only(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        return new TableRows<>(
                table, rows.stream().filter(row -> wanted.test(row.source())).toList());
    }
}
