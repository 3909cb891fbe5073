package dev.weir.sink;

import dev.weir.events.WorkerIssue;
import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One row of {@code monitoring.worker_issues}: what the latest of some records of an issue says.
 *
 * @param since the timestamp of the earliest of them
 */
record IssueRow(WorkerIssue issue, Instant since, ConsumerRecord<byte[], byte[]> source) implements Row {
    static final Comparator<IssueRow> WRITE_ORDER = Comparator.comparing(IssueRow::id);

    /** Of two records at the same instant, the one that ends the issue is the later. */
    private static final Comparator<IssueRow> BY_AGE =
            Comparator.comparing(IssueRow::at).thenComparing(row -> row.issue.getResolved());

    String id() {
        return issue.getIssueId();
    }

    Instant at() {
        return issue.getTimestamp();
    }

    /** Both in one. */
    IssueRow merged(IssueRow other) {
        IssueRow latest = BY_AGE.compare(other, this) > 0 ? other : this;
        return new IssueRow(latest.issue, since.isBefore(other.since) ? since : other.since, latest.source);
    }
}
