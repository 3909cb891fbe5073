package dev.weir.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * A table that records of one type fill, or several tables that are written together. One thread.
 *
 * @param <V> the records
 * @param <R> the rows
 */
interface RowTable<V, R extends Row> {
    Class<V> recordType();

    /**
     * The rows a record becomes, none if the table does not want it.
     *
     * @throws UnstorableException naming what PostgreSQL cannot hold; the record is set aside
     */
    List<R> rows(V value, ConsumerRecord<byte[], byte[]> source);

    /** The rows of a batch in the order of writing, which is the same for all writers, each key once. */
    List<R> arrange(List<R> rows);

    /**
     * Makes what {@link #write} needs and is not part of its transaction.
     *
     * @param handle outside a transaction
     * @param rows all that {@link #arrange} returned
     */
    default void prepare(Handle handle, List<R> rows) {}

    /**
     * Writes rows in the caller's transaction; written again, they change nothing.
     *
     * @param rows a part of what {@link #arrange} returned, not empty
     * @return how many rows changed
     * @throws JdbiException when the database fails; the caller rolls back to its savepoint
     * @throws UnstorableException when one of them cannot be stored; as above
     */
    long write(Handle handle, List<R> rows);

    /** One statement may touch a row once only, so one row of each key stands for the others. */
    static <K, R> List<R> onePerKey(
            Collection<R> rows, Function<R, K> key, BinaryOperator<R> choice, Comparator<R> order) {
        Map<K, R> chosen = new LinkedHashMap<>();
        for (R row : rows) {
            chosen.merge(key.apply(row), row, choice);
        }
        List<R> sorted = new ArrayList<>(chosen.values());
        sorted.sort(order);
        return List.copyOf(sorted);
    }
}
