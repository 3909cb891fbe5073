package dev.weir.publisher;

import dev.weir.events.Outcome;
import dev.weir.publisher.Outgoing.Measured;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The level of a GAUGE series, read at each flush. */
final class Level implements Source {
    private final Channel channel;
    private final Tally tally;
    private final DoubleSupplier level;

    /** Reads a level; NaN where there is none, nothing is sent then. */
    Level(Channel channel, Tally tally, DoubleSupplier level) {
        this.channel = channel;
        this.tally = tally;
        this.level = level;
    }

    @Override
    public boolean isLevel() {
        return true;
    }

    @Override
    public void collect(long nowMs, Outbox out) {
        double value = level.getAsDouble();
        if (Double.isFinite(value)) {
            out.put(new Measured(channel, nowMs, value, null, 1));
        } else if (Double.isInfinite(value)) {
            tally.drop(DropReason.INVALID_VALUE, 1);
        }
    }

    /** The level that was set last. */
    static final class Settable implements Recording, DoubleSupplier {
        private final Tally tally;
        private volatile double last = Double.NaN;

        Settable(Tally tally) {
            this.tally = tally;
        }

        @Override
        public void record(double value, @Nullable Outcome outcome, @Nullable String eventId) {
            if (tally.refusesRecording()) {
                return;
            }
            if (Double.isFinite(value)) {
                last = value;
            } else {
                tally.drop(DropReason.INVALID_VALUE, 1);
            }
        }

        @Override
        public double getAsDouble() {
            return last;
        }
    }
}
