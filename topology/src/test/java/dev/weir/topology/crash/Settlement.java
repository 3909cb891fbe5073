package dev.weir.topology.crash;

import dev.weir.testing.flood.LogTruth;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.testing.oracle.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The end of a run: all input is sent, and sooner or later nothing more is published. One thread. */
final class Settlement {
    /** A result that is right, or can only get worse, stands when nothing came for so long. */
    private static final Duration STANDS = Duration.ofSeconds(3);
    /**
     * Any result stands when nothing came for so long: longer than windows take to close on silence, and than the broker takes
     * to abort what a process that was killed and lost its state has left open, before which nobody reads what others have
     * committed behind it: {@code transaction.timeout.ms} of 20 s, looked for every 10 s.
     */
    private static final Duration FINAL = Duration.ofSeconds(45);

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long BETWEEN_LOOKS_MS = 500;

    private final Machine machine;
    private final Application application;
    private final Progress progress;
    private final int partitions;
    private final LogTruth input;
    private @Nullable Verdict verdict;

    Settlement(Machine machine, Application application, Progress progress, int partitions, boolean deduplicated) {
        this.machine = machine;
        this.application = application;
        this.progress = progress;
        this.partitions = partitions;
        this.input = new LogTruth(machine.schemaIds(), deduplicated);
    }

    /** How many measurements the input's log holds. */
    long events() {
        return input.events();
    }

    /** What the input's log comes to. */
    IntegerTruth truth() {
        return input.truth();
    }

    /**
     * What was published against what the input's log comes to.
     *
     * @throws IllegalStateException before {@link #await} has returned
     */
    Verdict verdict() {
        if (verdict == null) {
            throw new IllegalStateException("nothing has been compared yet");
        }
        return verdict;
    }

    /** Waits until the result stands: all that is published, and what the input comes to. */
    void await(Published published, Consumer<String> note) throws InterruptedException {
        try (TopicLog log =
                new TopicLog(machine.bootstrapServers(), application.topics().events(), partitions)) {
            log.readToEnd(record -> input.read(record.partition(), record.timestamp(), record.value()));
        }
        note.accept("input is read back");
        Map<TopicPartition, Long> before = new HashMap<>();
        long startNanos = System.nanoTime();
        long changedNanos = startNanos;
        while (true) {
            for (int slot : application.ended()) {
                application.start(slot);
                note.accept("instance " + slot + " had ended by itself");
            }
            Map<TopicPartition, Long> now = progress.published();
            if (!now.equals(before) || progress.lag() > 0) {
                before = now;
                changedNanos = System.nanoTime();
            }
            Duration quiet = Duration.ofNanos(System.nanoTime() - changedNanos);
            boolean tooLong = System.nanoTime() - startNanos > LONGEST.toNanos();
            if (quiet.compareTo(STANDS) >= 0 || tooLong) {
                Verdict next = published.read().compare(input.truth());
                verdict = next;
                boolean onlyWorse = next.lost() == 0 && next.duplicated() > 0;
                if (next.matches() || onlyWorse || quiet.compareTo(FINAL) >= 0 || tooLong) {
                    return;
                }
            }
            Thread.sleep(BETWEEN_LOOKS_MS);
        }
    }
}
