package dev.weir.publisher;

import dev.weir.publisher.Outgoing.Measured;
import java.util.function.DoubleSupplier;

/** The increments of a running total that a function of the service tells; what it was at first is not counted. */
final class FunctionIncrements implements Source {
    private final Channel channel;
    private final DoubleSupplier total;
    private double last;

    FunctionIncrements(Channel channel, DoubleSupplier total) {
        this.channel = channel;
        this.total = total;
        this.last = read();
    }

    @Override
    public void collect(long nowMs, Outbox out) {
        double now = read();
        if (!Double.isFinite(now)) {
            return;
        }
        // Lower than before: it began anew, all of it is increase. Not told before: it is the first.
        double increment = !Double.isFinite(last) ? 0 : now >= last ? now - last : now;
        if (increment > 0) {
            out.put(new Measured(channel, nowMs, increment, null, 1));
        }
        last = now;
    }

    private double read() {
        try {
            return total.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }
}
