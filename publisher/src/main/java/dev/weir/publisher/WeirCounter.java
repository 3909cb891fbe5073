package dev.weir.publisher;

import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import java.util.function.DoubleConsumer;

/** A Micrometer counter whose increments are published. */
final class WeirCounter extends CumulativeCounter {
    private final DoubleConsumer publish;

    WeirCounter(Id id, DoubleConsumer publish) {
        super(id);
        this.publish = publish;
    }

    @Override
    public void increment(double amount) {
        super.increment(amount);
        publish.accept(amount);
    }
}
