package dev.weir.publisher;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.function.DoubleConsumer;

/** A Micrometer distribution summary whose amounts are published. */
final class WeirSummary extends CumulativeDistributionSummary {
    private final DoubleConsumer publish;

    WeirSummary(Id id, Clock clock, DistributionStatisticConfig distribution, double scale, DoubleConsumer publish) {
        super(id, clock, distribution, scale, false);
        this.publish = publish;
    }

    @Override
    protected void recordNonNegative(double amount) {
        super.recordNonNegative(amount);
        publish.accept(amount);
    }
}
