package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of one series: event {@code i} as a function of the seed, the series and {@code i}. Holds no state. */
final class SeriesGenerator {
    /*
     * Event i happens at start + phase + i * every + jitter(i), where phase is below `every` and jitter(i) below a quarter
     * of it: so times rise strictly with i, and the first index at or after an instant is found by one division and at
     * most two steps. A draw uses three independent words of 64 bits: time, value and outcome.
     *
     * Called for each event of a load, so it computes with primitives; what it allocates is the event and its Instant.
     */
    private static final long TIME = 1;
    private static final long OUTCOME = 2;
    private static final long SHARE = 3;
    private static final int JITTER_PART = 4;

    private record Trouble(long fromMs, long toMs, Effect effect) {}

    private final SeriesModel model;
    private final Map<String, String> labels;
    private final long seed;
    private final long timeSeed;
    private final long firstMs;
    private final long everyMs;
    private final Trouble[] troubles;

    SeriesGenerator(SeriesModel model, long seed, long startMs, List<Incident> incidents) {
        this.model = model;
        this.labels = model.labels();
        this.seed = seed;
        this.timeSeed = Randomness.mix(seed ^ TIME);
        this.everyMs = model.every().toMillis();
        this.firstMs = startMs + Long.remainderUnsigned(Randomness.mix(timeSeed), everyMs);
        this.troubles = incidents.stream()
                .flatMap(incident -> incident.disturbances().stream()
                        .filter(disturbance -> disturbance.hits(model))
                        .map(disturbance -> new Trouble(
                                startMs + incident.start().toMillis(),
                                startMs + incident.end().toMillis(),
                                disturbance.effect())))
                .toArray(Trouble[]::new);
    }

    long timeMs(long index) {
        long jitterMs = Long.remainderUnsigned(Randomness.bits(timeSeed, index), Math.max(1, everyMs / JITTER_PART));
        return firstMs + index * everyMs + jitterMs;
    }

    /** The first event that happens at {@code timestampMs} or later. */
    long firstIndexAtOrAfter(long timestampMs) {
        long index = Math.max(0, Math.floorDiv(timestampMs - firstMs, everyMs) - 1);
        while (timeMs(index) < timestampMs) {
            index++;
        }
        return index;
    }

    /** The event with this index, or null where an incident silences it. */
    @Nullable
    MetricEvent event(long index, long timestampMs) {
        long bits = Randomness.bits(seed, index);
        double value = model.values().draw(bits, timestampMs);
        double otherShare = model.verdict().otherShare();
        for (Trouble trouble : troubles) {
            if (timestampMs < trouble.fromMs || timestampMs >= trouble.toMs) {
                continue;
            }
            if (trouble.effect instanceof Effect.Silence) {
                return null;
            } else if (trouble.effect instanceof Effect.Stand stand) {
                value = stand.value();
            } else if (trouble.effect instanceof Effect.Turn turn) {
                otherShare = turn.otherShare();
            } else if (trouble.effect instanceof Effect.Scale scale && hits(scale, bits)) {
                value = model.values().scale(value, scale.factor(), bits, timestampMs);
            }
        }
        Outcome outcome = model.verdict().draw(Randomness.mix(bits ^ OUTCOME), otherShare);
        return new MetricEvent(
                Instant.ofEpochMilli(timestampMs),
                model.service(),
                model.metric(),
                model.kind(),
                value,
                model.unit(),
                outcome,
                labels,
                null);
    }

    private static boolean hits(Effect.Scale scale, long bits) {
        return Randomness.unit(Randomness.mix(bits ^ SHARE)) < scale.share();
    }
}
