package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** A timeline as it is sent: with its faulty events, and each event delayed by less than the bound on disorder. */
final class Emissions implements Iterator<Emission> {
    /*
     * An event that happened at t is due at t + delay, 0 <= delay < bound. Events wait in `waiting` until the timeline has
     * reached their due time, when nothing earlier can come any more. Anything sent before an event is due no later than
     * it, so has an event time below its own + bound: no event is ever later than the bound.
     */
    private static final Comparator<Emission> BY_DUE = Comparator.comparing(Emission::due);

    private final Timeline timeline;
    private final FaultyEvents faults;
    private final long seed;
    private final long disorderMs;
    private final PriorityQueue<Emission> waiting = new PriorityQueue<>(BY_DUE);
    private final ArrayDeque<Emission> ready = new ArrayDeque<>();

    Emissions(Timeline timeline, FaultyEvents faults, long seed, Duration disorder) {
        this.timeline = timeline;
        this.faults = faults;
        this.seed = seed;
        this.disorderMs = disorder.toMillis();
    }

    @Override
    public boolean hasNext() {
        fill();
        return !ready.isEmpty();
    }

    @Override
    public Emission next() {
        fill();
        Emission emission = ready.poll();
        if (emission == null) {
            throw new NoSuchElementException("no emission is left");
        }
        return emission;
    }

    private void fill() {
        while (ready.isEmpty() && timeline.hasNext()) {
            MetricEvent event = timeline.next();
            release(event.getTimestamp());
            accept(new Emission(event.getTimestamp(), event, null));
            Emission extra = faults.after(event);
            if (extra != null) {
                accept(extra);
            }
        }
        if (ready.isEmpty()) {
            release(Instant.MAX);
        }
    }

    private void release(Instant reached) {
        while (!waiting.isEmpty() && waiting.element().due().compareTo(reached) <= 0) {
            ready.add(waiting.remove());
        }
    }

    private void accept(Emission emission) {
        if (disorderMs == 0) {
            ready.add(emission);
        } else {
            waiting.add(new Emission(
                    emission.due().plusMillis(delayMs(emission.event())), emission.event(), emission.expected()));
        }
    }

    private long delayMs(MetricEvent event) {
        long bits = Randomness.seed(
                seed ^ event.getTimestamp().toEpochMilli(),
                event.getMetric(),
                event.getLabels().hashCode());
        return Long.remainderUnsigned(bits, disorderMs);
    }
}
