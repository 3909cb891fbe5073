package dev.weir.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one batch in one transaction: ownership checked, rows, rejects and offsets together or not at all. So a lost
 * answer to COMMIT, a crash or a second owner changes nothing: the batch is tried again and finds itself stored.
 */
final class BatchWriter {
    // A batch with a bad row is halved under savepoints until the row stands alone: about 2 * log2(n) statements for
    // one bad row, 2 * n at worst. The rest of the transaction is not lost, and the order of rows stays sorted.

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final int WARNINGS_PER_BATCH = 10;

    private final Jdbi jdbi;
    private final OffsetLedger ledger;
    private final RejectTable rejectTable;

    BatchWriter(Jdbi jdbi, OffsetLedger ledger, RejectTable rejectTable) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.rejectTable = rejectTable;
    }

    /** What a transaction changed. */
    record Written(long rows, long rejected) {}

    /**
     * Writes and commits.
     *
     * @throws StaleOwnerException when a partition has a newer owner; nothing is written
     * @throws JdbiException when the database fails; nothing is written, or the answer to COMMIT is lost
     */
    Written write(Batch batch, Map<TopicPartition, Long> epochs) {
        jdbi.useHandle(handle -> batch.tables().forEach(table -> table.prepare(handle)));
        List<Reject> rejects = new ArrayList<>();
        long rows = jdbi.inTransaction(handle -> {
            Batch rest = batch.notBefore(ledger.advance(handle, batch.polled(), epochs));
            rejects.addAll(rest.rejects());
            long changed = 0;
            for (TableRows<?> table : rest.tables()) {
                changed += write(handle, table, rejects);
            }
            rejectTable.insert(handle, rejects);
            return changed;
        });
        List<Reject> records = onePerRecord(rejects);
        warn(records);
        return new Written(rows, records.size());
    }

    private static <R extends Row> long write(Handle handle, TableRows<R> rows, List<Reject> rejects) {
        if (rows.size() == 0) {
            return 0;
        }
        String savepoint = "rows_" + rows.size();
        handle.savepoint(savepoint);
        try {
            long changed = rows.write(handle);
            handle.releaseSavepoint(savepoint);
            return changed;
        } catch (JdbiException e) {
            if (SqlFailure.of(e) != SqlFailure.BAD_ROW) {
                throw e;
            }
            handle.rollbackToSavepoint(savepoint);
            return writeHalves(handle, rows, rejects, SqlFailure.describe(e));
        } catch (UnstorableException e) {
            handle.rollbackToSavepoint(savepoint);
            return writeHalves(handle, rows, rejects, String.valueOf(e.getMessage()));
        }
    }

    private static <R extends Row> long writeHalves(
            Handle handle, TableRows<R> rows, List<Reject> rejects, String reason) {
        if (rows.size() == 1) {
            rejects.add(new Reject(rows.rows().get(0).source(), reason));
            return 0;
        }
        int half = rows.size() / 2;
        return write(handle, rows.part(0, half), rejects) + write(handle, rows.part(half, rows.size()), rejects);
    }

    /** A record whose rows are refused by two tables, or two rows of it by one, is set aside once. */
    private static List<Reject> onePerRecord(List<Reject> rejects) {
        Map<String, Reject> first = new LinkedHashMap<>();
        rejects.forEach(reject -> first.putIfAbsent(reject.coordinates(), reject));
        return List.copyOf(first.values());
    }

    private static void warn(List<Reject> rejects) {
        rejects.stream()
                .limit(WARNINGS_PER_BATCH)
                .forEach(reject -> LOG.warn(
                        "Record {} set aside in weir.sink_rejects: {}", reject.coordinates(), reject.reason()));
        if (rejects.size() > WARNINGS_PER_BATCH) {
            LOG.warn("And {} more records of the same batch", rejects.size() - WARNINGS_PER_BATCH);
        }
    }
}
