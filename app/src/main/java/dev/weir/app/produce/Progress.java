package dev.weir.app.produce;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The running count of events on standard error: one line that renews itself on a terminal, a line every few seconds elsewhere. One thread. */
public final class Progress {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int EVENTS_A_LOOK = 256;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private long shown;
    private long count;

    /** @param nanoTime as {@link System#nanoTime()} */
    public Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.shown = start;
    }

    /** Whether the launcher has seen a terminal at standard error. */
    public static boolean onTerminal() {
        return Boolean.getBoolean("weir.terminal");
    }

    /** Counts one event and prints if it is time. */
    public void count() {
        count++;
        if (count % EVENTS_A_LOOK != 0 && !terminal) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - shown >= (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            shown = now;
            out.print((terminal ? "\r" : "") + text(now) + (terminal ? "" : System.lineSeparator()));
            out.flush();
        }
    }

    /** Prints the last figures and ends the line. */
    public void end(String further) {
        out.println((terminal ? "\r" : "") + text(nanoTime.getAsLong()) + further);
        out.flush();
    }

    private String text(long now) {
        double seconds = Math.max(1e-9, (now - start) / NANOS_PER_SECOND);
        return String.format(Locale.ROOT, "%,d events, %,.0f/s, %.1f s", count, count / seconds, seconds);
    }
}
