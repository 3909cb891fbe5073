package dev.weir.sink;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink that stands still in the middle of a COPY: the server waits for its rows, and it keeps the lock of its offsets.
 *
 * <p>No timeout of PostgreSQL ends such a session: it is not idle, and a COPY that waits for its client cannot be cancelled. So the
 * next owner, which waits for the lock, ends it. One that only was slow sees a lost connection, and stores its batch again.
 */
final class StalledCopy {
    private static final Logger LOG = LoggerFactory.getLogger(StalledCopy.class);

    /** Of sinks with the same user, so it takes no right that the sink does not have, and ends no other program's COPY. */
    private static final String END = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
                AND application_name = current_setting('application_name')
                AND state = 'active' AND wait_event = 'ClientRead' AND query ILIKE 'COPY %'
                AND query_start < clock_timestamp() - make_interval(secs => :limit)
            """;

    private StalledCopy() {}

    /** Ends those that have stood still for so long. */
    static void end(Handle handle, Duration limit) {
        long ended = handle.createQuery(END)
                .bind("limit", limit.toSeconds())
                .mapTo(Long.class)
                .one();
        if (ended > 0) {
            LOG.warn("Ended {} sinks that stood still in a COPY for more than {} s", ended, limit.toSeconds());
        }
    }
}
