package dev.weir.app.demo;

import dev.weir.app.config.WeirConfig;
import dev.weir.testing.workload.Emission;
import dev.weir.testing.workload.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;

/** Plays the past at full speed and waits until all stages of the stream have taken it in. One thread. */
final class History {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final double MS_PER_SECOND = 1_000;
    private static final int EVENTS_A_LOOK = 1_024;
    /** So often in a row the stages must have little to read: a window that closes sends the next stage a burst. */
    private static final int QUIET_LOOKS = 10;
    /** Transaction markers and watermarks that are always on their way between the stages. */
    private static final int MARKERS = 100;

    private final WeirConfig config;
    private final Traffic traffic;
    private final InstantSource clock;
    private final PrintWriter out;
    private Instant nextLine;

    History(WeirConfig config, Traffic traffic, InstantSource clock, PrintWriter out) {
        this.config = config;
        this.traffic = traffic;
        this.clock = clock;
        this.out = out;
        this.nextLine = clock.instant();
    }

    /** Sends the events from the workload's start to {@code end}; returns how many a second were ingested and committed. */
    double play(Workload workload, Instant end) {
        Instant began = clock.instant();
        out.printf("%nhistory of five systems, %s to %s%n", workload.start(), end);
        Iterator<Emission> emissions = workload.emissions(workload.start(), end);
        long span = Duration.between(workload.start(), end).toMillis();
        while (emissions.hasNext()) {
            Emission next = emissions.next();
            traffic.send(next);
            if (traffic.events() % EVENTS_A_LOOK == 0) {
                double done =
                        (double) Duration.between(workload.start(), next.due()).toMillis() / span;
                progress("sent", traffic.events(), done, began);
            }
        }
        traffic.finish();
        long total = traffic.events();
        try (Committed committed = new Committed(config)) {
            for (long lag = committed.lag(); lag > 0; lag = committed.lag()) {
                progress("aggregated", total - lag, (double) (total - lag) / total, began);
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            double seconds = Duration.between(began, clock.instant()).toMillis() / MS_PER_SECOND;
            out.printf("  %,d events sent and aggregated in %.1f s, %,.0f/s%n", total, seconds, total / seconds);
            out.flush();
            for (int quiet = 0; quiet < QUIET_LOOKS; ) {
                quiet = committed.lagBetweenStages() <= MARKERS ? quiet + 1 : 0;
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            return total / seconds;
        }
    }

    private void progress(String what, long events, double done, Instant began) {
        Instant now = clock.instant();
        if (now.isBefore(nextLine)) {
            return;
        }
        nextLine = now.plus(BETWEEN_LINES);
        double seconds = Math.max(1, Duration.between(began, now).toMillis()) / MS_PER_SECOND;
        double left = done > 0 ? seconds / done - seconds : 0;
        out.printf(
                "  %s %,d events, %.0f %%, %,.0f/s, %.0f s left%n", what, events, done * 100, events / seconds, left);
        out.flush();
    }
}
