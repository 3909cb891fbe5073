package dev.weir.sink.fault;

import static org.awaitility.Awaitility.await;

import dev.weir.testing.proxy.PostgresProxy;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/** Lets faults happen while the sinks work. One thread. */
final class Faults {
    private static final int BURST = 120;
    private static final int MOMENT_MS = 60;

    /** Of so many faults one is of a kind that takes ten seconds. */
    private static final int SELDOM = 30;

    private final StoreMachine machine;
    private final Input input;
    private final Random random;
    private int rejected;

    Faults(StoreMachine machine, Input input, Random random) {
        this.machine = machine;
        this.input = input;
        this.random = random;
    }

    /** So many faults: each kind as soon as there are enough, in any order. */
    static List<Fault> plan(int count, Random random) {
        List<Fault> plan = new ArrayList<>();
        while (plan.size() < count) {
            List<Fault> round = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(round, random);
            for (Fault fault : round) {
                boolean slow = fault == Fault.SINK_FROZEN || fault == Fault.SINK_KILLED;
                if (plan.size() < count && (!slow || Collections.frequency(plan, fault) <= plan.size() / SELDOM)) {
                    plan.add(fault);
                }
            }
        }
        return plan;
    }

    /** Records that were set aside, as they should have been. */
    int rejected() {
        return rejected;
    }

    /** Sends records and lets the fault happen while they are stored; the sinks may still be at it on return. */
    void strike(Fault fault) throws InterruptedException {
        PostgresProxy proxy = random.nextBoolean() ? machine.nearProxy : machine.farProxy;
        input.burst(BURST);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOMENT_MS));
        switch (fault) {
            case SERVER_KILLED -> {
                machine.killServer();
                input.burst(BURST);
                machine.startServer();
            }
            case RESET -> proxy.cut();
            case RESET_AFTER_BYTES -> {
                proxy.cutAfter(1 + random.nextInt(40_000));
                input.burst(BURST);
            }
            case COMMIT_REPLY_LOST -> {
                int before = machine.nearProxy.commitsSwallowed();
                machine.nearProxy.swallowNextCommit();
                await("an answer to COMMIT is lost").atMost(StoreMachine.LIMIT).until(() -> {
                    input.burst(1);
                    return machine.nearProxy.commitsSwallowed() > before;
                });
            }
            case STALLED -> {
                proxy.stall();
                TimeUnit.MILLISECONDS.sleep(5L * MOMENT_MS);
                proxy.pass();
            }
            case REFUSED -> {
                machine.nearProxy.refuse();
                machine.awaitPaused("08");
                machine.nearProxy.pass();
            }
            case DEADLOCK -> deadlock();
            case SERIALIZATION_FAILURE -> serializationFailure();
            case READ_ONLY -> {
                machine.configure("default_transaction_read_only", "on");
                input.burst(BURST);
                machine.awaitPaused("25006");
                machine.configure("default_transaction_read_only", "");
            }
            case DISK_FULL -> {
                machine.disk.fill();
                input.emptyDay();
                machine.awaitPaused("53100");
                machine.disk.free();
            }
            case CONSTRAINT_ADDED -> constraint();
            case PASSWORD_ROTATED -> {
                machine.execute("ALTER ROLE weir_sink PASSWORD 'second'");
                machine.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'weir_sink'");
                input.burst(BURST);
                machine.awaitPaused("28P01");
                machine.execute("ALTER ROLE weir_sink PASSWORD 'first'");
            }
            case SINK_RESTARTED -> machine.restartNear();
            case SINK_KILLED -> machine.restartFar();
            case SINK_FROZEN -> {
                machine.far().freeze();
                input.burst(BURST);
                // All of it, also what the other sink had under way.
                machine.awaitStored(input);
                machine.far().thaw();
                input.burst(BURST);
            }
        }
        machine.requireAlive();
    }

    private void deadlock() {
        machine.awaitStored(input);
        Hour hour = input.finalHour();
        try (Handle other = machine.database().open()) {
            // The sink looks first, and is the one to give way.
            other.execute("SET deadlock_timeout = '90s'");
            other.begin();
            lock(other, hour, "weekly");
            input.correct(hour);
            machine.awaitLockWait();
            lock(other, hour, "hourly");
            other.rollback();
        }
    }

    private void serializationFailure() {
        machine.awaitStored(input);
        machine.configure("default_transaction_isolation", "repeatable read");
        Hour hour = input.finalHour();
        try (Handle other = machine.database().open()) {
            other.begin();
            lock(other, hour, "hourly");
            other.createUpdate("UPDATE monitoring.aggregated_metrics SET updated_at = updated_at" + WHERE)
                    .bind("metric", hour.series.metric())
                    .bind("series", Integer.toString(hour.series.number()))
                    .bind("period", "hourly")
                    .bind("start", hour.start.atOffset(ZoneOffset.UTC))
                    .execute();
            input.correct(hour);
            machine.awaitLockWait();
            other.commit();
        }
        machine.configure("default_transaction_isolation", "");
    }

    private void constraint() {
        String metric = input.newMetric();
        machine.execute(
                "SET lock_timeout = '30s'; ALTER TABLE monitoring.aggregated_metrics ADD CONSTRAINT for_a_while CHECK (metric_name <> '"
                        + metric + "') NOT VALID");
        input.extraHours(metric, 0, 3, false);
        rejected += 3;
        await("rows set aside")
                .atMost(StoreMachine.LIMIT)
                .until(() -> machine.number(
                                "SELECT count(*) FROM weir.sink_rejects WHERE reason LIKE 'SQLSTATE 23514: %\"for_a_while\"%'")
                        == rejected);
        machine.execute(
                "SET lock_timeout = '30s'; ALTER TABLE monitoring.aggregated_metrics DROP CONSTRAINT for_a_while");
        input.extraHours(metric, 3, 6, true);
    }

    private static final String WHERE = """
             WHERE metric_name = :metric AND dimensions ->> 'series' = :series AND period = :period
                AND period_start = date_trunc(CASE :period WHEN 'hourly' THEN 'hour' ELSE 'week' END, CAST(:start AS timestamptz), 'UTC')
            """;

    private static void lock(Handle handle, Hour hour, String period) {
        int locked = handle.createQuery("SELECT revision FROM monitoring.aggregated_metrics" + WHERE + " FOR UPDATE")
                .bind("metric", hour.series.metric())
                .bind("series", Integer.toString(hour.series.number()))
                .bind("period", period)
                .bind("start", hour.start.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .list()
                .size();
        if (locked != 1) {
            throw new IllegalStateException(
                    period + " rows of " + hour.series + " at " + hour.start + " are " + locked + ", must be 1");
        }
    }
}
