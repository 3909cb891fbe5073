package dev.weir.app.produce;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What {@code weir produce} does: every good line of a file to Kafka, every bad one to standard error. */
public final class Production {
    /** Longer lines are faults: they could not become a record anyway. */
    static final int LONGEST_LINE = 1 << 20;

    private final WeirConfig config;
    private final @Nullable String topic;
    private final @Nullable Double rate;
    private final PrintWriter err;

    /**
     * @param topic null for the configured events topic
     * @param rate events a second; null for no limit
     */
    public Production(WeirConfig config, @Nullable String topic, @Nullable Double rate, PrintWriter err) {
        this.config = config;
        this.topic = topic;
        this.rate = rate;
        this.err = err;
    }

    /**
     * Sends the file; true if every line was good and every event is acknowledged.
     *
     * @throws CommandFailedException if the file cannot be read or Kafka does not take the events
     */
    public boolean send(EventFile file) {
        LineFaults faults = new LineFaults(file.name(), err);
        try (InputStream in = file.open();
                EventSender sender = new EventSender(config, topic)) {
            Progress progress = new Progress(err, Progress.onTerminal(), System::nanoTime);
            lines(new BoundedLines(in, LONGEST_LINE), file, faults, sender, progress);
            sender.finish();
            progress.end(" sent" + faults.summary());
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    "file " + file.name() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return faults.isEmpty();
    }

    private void lines(BoundedLines lines, EventFile file, LineFaults faults, EventSender sender, Progress progress) {
        EventLineParser parser = new EventLineParser();
        RateLimit limit = new RateLimit(rate, System::nanoTime);
        try {
            while (lines.next()) {
                if (lines.isBlank()) {
                    continue;
                }
                try {
                    sender.send(parser.parse(lines.bytes()));
                    progress.count();
                    limit.await();
                } catch (InvalidLineException invalid) {
                    faults.add(lines.number(), invalid);
                }
            }
        } catch (IOException broken) {
            sender.finish();
            progress.end(" sent before the file broke" + faults.summary());
            throw new CommandFailedException(
                    file.name() + " cannot be read after line " + lines.number() + ": " + broken.getMessage(), broken);
        }
    }
}
