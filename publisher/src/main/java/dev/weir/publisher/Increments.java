package dev.weir.publisher;

import dev.weir.publisher.Outgoing.Measured;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Increments of one COUNT series with one outcome, added up between flushes. Any thread adds. */
final class Increments implements Source {
    private final Channel channel;
    private final Tally tally;
    private final DoubleAdder total = new DoubleAdder();
    private final LongAdder calls = new LongAdder();

    Increments(Channel channel, Tally tally) {
        this.channel = channel;
        this.tally = tally;
    }

    void add(double increment) {
        if (tally.refusesRecording()) {
            return;
        }
        if (!(increment >= 0) || Double.isInfinite(increment)) {
            tally.drop(DropReason.INVALID_VALUE, 1);
            return;
        }
        total.add(increment);
        calls.increment();
    }

    @Override
    public void collect(long nowMs, Outbox out) {
        // Calls first: a value added in between goes with the next flush or this one, never with none.
        long recordings = calls.sumThenReset();
        double increment = total.sumThenReset();
        if (recordings > 0 || increment > 0) {
            out.put(new Measured(channel, nowMs, increment, null, recordings));
        }
    }
}
