package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extra events that follow some ordinary ones; which, and what is wrong with them, depends on seed and event only. */
final class FaultyEvents {
    /** Nothing is late before every partition has moved its clock. */
    static final Duration WARM_UP = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofDays(3_650);
    private static final Duration BEHIND = Duration.ofDays(30);
    private static final Duration CORRECTION = Duration.ofMinutes(20);
    private static final int TOO_LONG = 129;
    private static final int TOO_MANY = 200;
    private static final String METRIC = "faulty_duration_seconds";
    private static final Fault[] INVALID = invalidFaults();

    private final long seed;
    private final FaultRates rates;
    private final Instant warm;

    FaultyEvents(long seed, FaultRates rates, Instant start) {
        this.seed = seed;
        this.rates = rates;
        this.warm = start.plus(WARM_UP);
    }

    /** The extra event after {@code event}, or null. */
    @Nullable
    Emission after(MetricEvent event) {
        long bits = Randomness.seed(
                seed ^ event.getTimestamp().toEpochMilli(),
                event.getMetric(),
                event.getLabels().hashCode());
        double lane = Randomness.unit(bits);
        Instant due = event.getTimestamp();
        if ((lane -= rates.invalid()) < 0) {
            int choice = (int) Long.remainderUnsigned(Randomness.mix(bits), INVALID.length);
            return faulty(due, invalid(event, INVALID[choice]), INVALID[choice]);
        }
        if ((lane -= rates.future()) < 0) {
            return faulty(due, at(event, due.plus(AHEAD)), Fault.FUTURE);
        }
        if (due.isBefore(warm)) {
            return null;
        }
        if ((lane -= rates.tooLate()) < 0) {
            return faulty(due, at(event, due.minus(BEHIND)), Fault.LATE);
        }
        boolean corrects = lane < rates.corrections() && addsUp(event.getKind());
        return corrects ? new Emission(due, at(event, due.minus(CORRECTION)), null) : null;
    }

    // A level or running total of now would be false twenty minutes ago; one more increment or observation is not.
    private static boolean addsUp(MetricKind kind) {
        return kind == MetricKind.COUNT || kind == MetricKind.OBSERVATION;
    }

    private static Emission faulty(Instant due, MetricEvent event, Fault fault) {
        return new Emission(due, event, new ExpectedReject(fault));
    }

    private static MetricEvent at(MetricEvent event, Instant timestamp) {
        return new MetricEvent(
                timestamp,
                event.getService(),
                event.getMetric(),
                event.getKind(),
                event.getValue(),
                event.getUnit(),
                event.getOutcome(),
                event.getLabels(),
                event.getEventId());
    }

    private static MetricEvent invalid(MetricEvent like, Fault fault) {
        // Every field is set: a default would have Avro look for classes by name.
        MetricEvent.Builder event = MetricEvent.newBuilder()
                .setTimestamp(like.getTimestamp())
                .setService(like.getService())
                .setMetric(METRIC)
                .setKind(MetricKind.OBSERVATION)
                .setValue(1)
                .setUnit(null)
                .setOutcome(null)
                .setLabels(Map.of())
                .setEventId(null);
        return breakRule(event, fault).build();
    }

    private static MetricEvent.Builder breakRule(MetricEvent.Builder event, Fault fault) {
        return switch (fault) {
            case NOT_A_NUMBER -> event.setValue(Double.NaN);
            case INFINITE -> event.setValue(Double.POSITIVE_INFINITY);
            case NEGATIVE_OBSERVATION -> event.setValue(-1);
            case NEGATIVE_INCREMENT -> event.setKind(MetricKind.COUNT).setValue(-5);
            case EMPTY_METRIC -> event.setMetric("");
            case METRIC_WITH_SPACE -> event.setMetric("faulty duration");
            case METRIC_TOO_LONG -> event.setMetric("m".repeat(TOO_LONG));
            case EMPTY_SERVICE -> event.setService("");
            case SERVICE_TOO_LONG -> event.setService("s".repeat(TOO_LONG));
            case LABEL_WITH_DASH -> event.setLabels(Map.of("status-code", "200"));
            case RESERVED_LABEL -> event.setLabels(Map.of("le", "0.5"));
            case HIDDEN_LABEL -> event.setLabels(Map.of("__name__", "other"));
            case TOO_MANY_LABELS -> event.setLabels(manyLabels());
            case FUTURE, LATE ->
                throw new IllegalArgumentException(fault + " is a fault of time, must be one of content");
        };
    }

    private static Map<String, String> manyLabels() {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < TOO_MANY; i++) {
            labels.put("l" + i, "x");
        }
        return labels;
    }

    private static Fault[] invalidFaults() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.FUTURE && fault != Fault.LATE)
                .toArray(Fault[]::new);
    }
}
