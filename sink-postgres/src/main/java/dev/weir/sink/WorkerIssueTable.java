package dev.weir.sink;

import dev.weir.events.WorkerIssue;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The issues of workers in {@code monitoring.worker_issues}, one row an issue. In whatever order its records come, the
 * row says what the latest of them says, and was created when the earliest was made.
 */
final class WorkerIssueTable implements RowTable<WorkerIssue, IssueRow> {
    private static final String UPSERT = """
            INSERT INTO monitoring.worker_issues AS t (
                issue_id, worker_name, issue_type, severity, message, details, resolved, resolution_details,
                created_at, updated_at, resolved_at)
            SELECT issue_id, worker_name, issue_type, severity, message, details::jsonb, resolved, resolution,
                'epoch'::timestamptz + since_ms * interval '1 millisecond',
                'epoch'::timestamptz + at_ms * interval '1 millisecond',
                CASE WHEN resolved THEN 'epoch'::timestamptz + at_ms * interval '1 millisecond' END
            FROM unnest(
                :issue_id::text[], :worker_name::text[], :issue_type::text[], :severity::text[], :message::text[],
                :details::text[], :resolved::boolean[], :resolution::text[], :since_ms::bigint[], :at_ms::bigint[])
                AS r (issue_id, worker_name, issue_type, severity, message, details, resolved, resolution, since_ms,
                    at_ms)
            ON CONFLICT (issue_id)
            DO UPDATE SET
                worker_name = excluded.worker_name, issue_type = excluded.issue_type, severity = excluded.severity,
                message = excluded.message, details = excluded.details, resolved = excluded.resolved,
                resolution_details = excluded.resolution_details, resolved_at = excluded.resolved_at,
                created_at = least(t.created_at, excluded.created_at), updated_at = excluded.updated_at
            WHERE (excluded.updated_at, excluded.resolved) > (t.updated_at, t.resolved)
            """;
    private static final String CREATED_EARLIER = """
            UPDATE monitoring.worker_issues AS t
            SET created_at = 'epoch'::timestamptz + r.since_ms * interval '1 millisecond'
            FROM unnest(:issue_id::text[], :since_ms::bigint[]) AS r (issue_id, since_ms)
            WHERE t.issue_id = r.issue_id
                AND t.created_at > 'epoch'::timestamptz + r.since_ms * interval '1 millisecond'
            """;

    @Override
    public Class<WorkerIssue> recordType() {
        return WorkerIssue.class;
    }

    @Override
    public List<IssueRow> rows(WorkerIssue value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("issue_id", value.getIssueId());
        StorableText.require("worker_name", value.getWorkerName());
        StorableText.require("issue_type", value.getIssueType());
        StorableText.require("severity", value.getSeverity());
        StorableText.require("message", value.getMessage());
        StorableText.require("resolution", value.getResolution());
        StorableText.requireJsonObject("details", value.getDetails());
        return List.of(new IssueRow(value, value.getTimestamp(), source));
    }

    @Override
    public List<IssueRow> arrange(List<IssueRow> rows) {
        return RowTable.onePerKey(rows, IssueRow::id, IssueRow::merged, IssueRow.WRITE_ORDER);
    }

    @Override
    public long write(Handle handle, List<IssueRow> rows) {
        return upsert(handle, rows) + createdEarlier(handle, rows);
    }

    private static long upsert(Handle handle, List<IssueRow> rows) {
        try (Update update = handle.createUpdate(UPSERT)) {
            new ColumnArrays<>(update, rows)
                    .text("issue_id", IssueRow::id)
                    .text("worker_name", row -> row.issue().getWorkerName())
                    .text("issue_type", row -> row.issue().getIssueType())
                    .text("severity", row -> row.issue().getSeverity())
                    .text("message", row -> row.issue().getMessage())
                    .text("details", row -> row.issue().getDetails())
                    .bind("resolved", "bool", row -> row.issue().getResolved())
                    .text("resolution", row -> row.issue().getResolution())
                    .ms("since_ms", IssueRow::since)
                    .ms("at_ms", IssueRow::at);
            return update.execute();
        }
    }

    private static long createdEarlier(Handle handle, List<IssueRow> rows) {
        try (Update update = handle.createUpdate(CREATED_EARLIER)) {
            new ColumnArrays<>(update, rows).text("issue_id", IssueRow::id).ms("since_ms", IssueRow::since);
            return update.execute();
        }
    }
}
