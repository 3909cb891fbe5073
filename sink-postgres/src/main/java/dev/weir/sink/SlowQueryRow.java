package dev.weir.sink;

import dev.weir.events.SlowQuery;
import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One row of {@code monitoring.slow_queries}: what the latest of some records of a query says.
 *
 * @param since when the query was first found slow, by any of them
 */
record SlowQueryRow(SlowQuery query, Instant since, ConsumerRecord<byte[], byte[]> source) implements Row {
    static final Comparator<SlowQueryRow> WRITE_ORDER = Comparator.<SlowQueryRow, String>comparing(
                    row -> row.query.getDatabase())
            .thenComparing(row -> row.query.getQueryHash());

    static SlowQueryRow of(SlowQuery query, ConsumerRecord<byte[], byte[]> source) {
        Instant first = query.getFirstSeen();
        boolean known = first != null && first.isBefore(query.getTimestamp());
        return new SlowQueryRow(query, known ? first : query.getTimestamp(), source);
    }

    Key key() {
        return new Key(query.getDatabase(), query.getQueryHash());
    }

    /** Both in one. */
    SlowQueryRow merged(SlowQueryRow other) {
        SlowQueryRow latest = other.query.getTimestamp().isAfter(query.getTimestamp()) ? other : this;
        return new SlowQueryRow(latest.query, since.isBefore(other.since) ? since : other.since, latest.source);
    }

    /** What is unique in the table. */
    record Key(String database, String hash) {}
}
