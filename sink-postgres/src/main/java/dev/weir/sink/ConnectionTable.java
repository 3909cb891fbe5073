package dev.weir.sink;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.events.ConnectionState;
import dev.weir.events.ConnectionStatistics;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The connections of each database in {@code monitoring.connection_samples}, as last counted. */
final class ConnectionTable implements RowTable<ConnectionStatistics, Sourced<ConnectionStatistics>> {
    private static final String UPSERT = """
            INSERT INTO monitoring.connection_samples AS t (database_name, states, observed_at)
            SELECT database, states::jsonb, 'epoch'::timestamptz + at_ms * interval '1 millisecond'
            FROM unnest(:database::text[], :states::text[], :at_ms::bigint[]) AS r (database, states, at_ms)
            ON CONFLICT (database_name)
            DO UPDATE SET states = excluded.states, observed_at = excluded.observed_at
            WHERE excluded.observed_at > t.observed_at
            """;
    private static final Comparator<Sourced<ConnectionStatistics>> WRITE_ORDER =
            Comparator.comparing(row -> row.value().getDatabase());
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public Class<ConnectionStatistics> recordType() {
        return ConnectionStatistics.class;
    }

    @Override
    public List<Sourced<ConnectionStatistics>> rows(ConnectionStatistics value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("database", value.getDatabase());
        value.getStates().forEach(each -> StorableText.require("state", each.getState()));
        return List.of(new Sourced<>(value, source));
    }

    @Override
    public List<Sourced<ConnectionStatistics>> arrange(List<Sourced<ConnectionStatistics>> rows) {
        return RowTable.onePerKey(rows, row -> row.value().getDatabase(), ConnectionTable::newer, WRITE_ORDER);
    }

    @Override
    public long write(Handle handle, List<Sourced<ConnectionStatistics>> rows) {
        try (Update update = handle.createUpdate(UPSERT)) {
            new ColumnArrays<>(update, rows)
                    .text("database", row -> row.value().getDatabase())
                    .text("states", row -> json(row.value().getStates()))
                    .ms("at_ms", row -> row.value().getTimestamp());
            return update.execute();
        }
    }

    private static Sourced<ConnectionStatistics> newer(
            Sourced<ConnectionStatistics> first, Sourced<ConnectionStatistics> second) {
        return second.value().getTimestamp().isAfter(first.value().getTimestamp()) ? second : first;
    }

    private static String json(List<ConnectionState> states) {
        ArrayNode array = JSON.createArrayNode();
        for (ConnectionState each : states) {
            array.addObject()
                    .put("state", each.getState())
                    .put("connections", each.getConnections())
                    .put("longest_ms", each.getLongestMs());
        }
        return array.toString();
    }
}
