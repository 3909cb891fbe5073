package dev.weir.topology.commit;

import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.function.LongPredicate;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Commits more often than {@code commit.interval.ms} while the input is of the present, when somebody waits for what is
 * committed. A backlog commits at that interval only: a commit costs a delta of each active series. One thread.
 */
public final class CommitPace {
    /** Key in the configuration of Kafka Streams: milliseconds between two commits of the present. */
    public static final String INTERVAL_MS = "weir.commit.interval.ms";

    private static final Duration PRESENT = Duration.ofSeconds(30);

    private final ProcessorContext<?, ?> context;
    private final LongPredicate present;

    /** @param present whether the input is of the present, given the wall clock */
    public CommitPace(ProcessorContext<?, ?> context, LongPredicate present) {
        this.context = context;
        this.present = present;
        Object configured = context.appConfigs().get(INTERVAL_MS);
        if (configured != null) {
            Duration interval = Duration.ofMillis(Long.parseLong(configured.toString()));
            context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, wallMs -> soon());
        }
    }

    /** True if event time has come to within half a minute of the wall clock. */
    public static boolean isPresent(long watermarkMs, long wallMs) {
        return watermarkMs != Watermark.UNKNOWN && watermarkMs >= wallMs - PRESENT.toMillis();
    }

    /** Something that readers wait for has left: commits as soon as it can if the input is of the present. */
    public void soon() {
        if (present.test(context.currentSystemTimeMs())) {
            context.commit();
        }
    }
}
