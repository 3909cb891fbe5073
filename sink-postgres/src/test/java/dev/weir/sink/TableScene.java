package dev.weir.sink;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Some tables of the shared server fed with records of one partition, without Kafka. */
final class TableScene {
    final Jdbi jdbi;
    private final String topic;
    private final RecordDecoder decoder;
    private final OffsetLedger ledger;
    private final BatchWriter writer;
    private final Map<TopicPartition, Long> epochs;
    private long offset;

    TableScene(String jdbcUrl, String topic, RowTable<?, ?>... tables) {
        this.topic = topic;
        jdbi = Jdbi.create(jdbcUrl);
        decoder = new RecordDecoder(Aggregates.decoder(), Arrays.asList(tables));
        ledger = new OffsetLedger(topic, InstantSource.system());
        writer = new BatchWriter(jdbi, ledger, new RejectTable(topic, InstantSource.system()));
        TopicPartition partition = new TopicPartition(topic, 0);
        epochs = Map.of(
                partition,
                jdbi.inTransaction(handle -> ledger.claim(handle, partition)).ownerEpoch());
    }

    /** Stores records in one transaction. */
    BatchWriter.Written store(SpecificRecord... records) {
        return write(batch(records));
    }

    BatchWriter.Written store(List<? extends SpecificRecord> records) {
        return store(records.toArray(new SpecificRecord[0]));
    }

    Batch batch(SpecificRecord... records) {
        List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
        for (SpecificRecord record : records) {
            polled.add(new ConsumerRecord<>(topic, 0, offset++, new byte[0], Aggregates.encode(record)));
        }
        return decoder.decode(polled);
    }

    BatchWriter.Written write(Batch batch) {
        return writer.write(batch, epochs);
    }

    /** The only row of a query as one text: its columns with {@code |} between them. */
    String row(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT concat_ws('|', VARIADIC ARRAY(SELECT coalesce(v, '-')"
                                + " FROM json_each_text(to_json(q)) WITH ORDINALITY AS e (k, v, n) ORDER BY n))"
                                + " FROM (" + sql + ") q")
                        .mapTo(String.class)
                        .one());
    }

    List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    String text(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    void execute(String sql) {
        jdbi.useHandle((Handle handle) -> handle.execute(sql));
    }

    List<String> rejectReasons() {
        return texts("SELECT reason FROM weir.sink_rejects WHERE topic = '" + topic + "' ORDER BY record_offset");
    }
}
