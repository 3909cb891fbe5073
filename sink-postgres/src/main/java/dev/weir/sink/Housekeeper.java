package dev.weir.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store needs now and then, whether records come or not: partitions ahead of time, the drop of expired ones, and
 * the mark {@code final} on days and weeks that ended without a last hour. All of it may be done twice, and by several sinks.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** By then the last hours have come, and the rows are no longer written by others. */
    private static final Duration QUIET = Duration.ofHours(1);

    private static final String MARK_FINAL = """
            UPDATE monitoring.aggregated_metrics SET final = TRUE, updated_at = :now
            WHERE period = :period AND NOT final AND period_start < :start
            """;

    private final Jdbi jdbi;
    private final Partitions partitions;
    private final Calendar calendar;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private @Nullable ScheduledFuture<?> task;

    Housekeeper(Jdbi jdbi, Partitions partitions, Calendar calendar, InstantSource clock) {
        this.jdbi = jdbi;
        this.partitions = partitions;
        this.calendar = calendar;
        this.clock = clock;
        executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "weir-sink-housekeeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins, in a thread of its own. */
    void start() {
        task = executor.scheduleWithFixedDelay(this::keepOrWarn, 0, PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Does it once. */
    void keep() {
        jdbi.useHandle(handle -> {
            int made = partitions.makeAhead(handle);
            int dropped = partitions.dropExpired(handle);
            int marked = markFinal(handle, Period.DAILY) + markFinal(handle, Period.WEEKLY);
            if (made + dropped + marked > 0) {
                LOG.info("Made {} partitions, dropped {}, marked {} days and weeks final", made, dropped, marked);
            }
        });
    }

    private int markFinal(Handle handle, Period period) {
        Instant quiet = clock.instant().minus(QUIET);
        Span open = calendar.spanOf(period, quiet.toEpochMilli());
        return handle.createUpdate(MARK_FINAL)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("period", period.text())
                .bind("start", Instant.ofEpochMilli(open.startMs()).atOffset(ZoneOffset.UTC))
                .execute();
    }

    private void keepOrWarn() {
        try {
            keep();
        } catch (RuntimeException e) {
            // One that gets away would end the schedule without a word.
            LOG.warn("Partitions were not looked after, next try in {}: {}", PAUSE, SqlFailure.describe(e));
        }
    }

    @Override
    public void close() {
        if (task != null) {
            task.cancel(true);
        }
        executor.shutdownNow();
    }
}
