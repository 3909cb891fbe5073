package dev.weir.app.load;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.produce.EventSender;
import dev.weir.app.produce.Progress;
import dev.weir.app.produce.RateLimit;
import dev.weir.events.MetricEvent;
import java.io.PrintWriter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What {@code weir load} does: a plan's events to Kafka, at a rate or as fast as it goes. */
public final class Load {
    private final WeirConfig config;
    private final @Nullable String topic;
    private final PrintWriter err;

    /** @param topic null for the configured events topic */
    public Load(WeirConfig config, @Nullable String topic, PrintWriter err) {
        this.config = config;
        this.topic = topic;
        this.err = err;
    }

    /**
     * Sends all; returns when they are acknowledged.
     *
     * @param rate events a second; null for no limit
     * @throws dev.weir.app.CommandFailedException if Kafka does not take them
     */
    public void send(LoadPlan plan, @Nullable Double rate) {
        RateLimit limit = new RateLimit(rate, System::nanoTime);
        try (EventSender sender = new EventSender(config, topic)) {
            Progress progress = new Progress(err, Progress.onTerminal(), System::nanoTime);
            for (Iterator<MetricEvent> events = plan.generate(); events.hasNext(); ) {
                limit.await();
                sender.send(events.next());
                progress.count();
            }
            sender.finish();
            progress.end(" sent");
        }
    }
}
