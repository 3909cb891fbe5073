package dev.weir.publisher;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/** A Micrometer timer whose durations are published. */
final class WeirTimer extends CumulativeTimer {
    private final DoubleConsumer publishNanos;

    WeirTimer(
            Id id,
            Clock clock,
            DistributionStatisticConfig distribution,
            PauseDetector pauses,
            TimeUnit base,
            DoubleConsumer publishNanos) {
        super(id, clock, distribution, pauses, base, false);
        this.publishNanos = publishNanos;
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
        super.recordNonNegative(amount, unit);
        publishNanos.accept((double) unit.toNanos(amount));
    }
}
