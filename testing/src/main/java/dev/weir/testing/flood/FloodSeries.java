package dev.weir.testing.flood;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.testing.oracle.IntegerTruth;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One series of a flood. Value and outcome of its event {@code i} are a pure function of the plan's seed, its number and
 * {@code i}; values are whole multiples of {@code 1 / }{@link IntegerTruth#PARTS} of the unit.
 */
final class FloodSeries {
    /** How its events travel. */
    enum Form {
        SINGLE,
        BATCH,
        HISTOGRAM
    }

    /** How many kinds of series there are: kind, unit, outcomes and form. */
    static final int SHAPES = 10;

    static final int SERVICES = 8;
    private static final long HOUR_MS = 3_600_000;
    private static final long RESTARTS_EVERY_MS = 50_000;
    private static final long STEP_MS = 10;

    private final long seed;
    private final int number;
    private final int shape;
    private final String metric;
    private final MetricKind kind;
    private final @Nullable String unit;

    FloodSeries(long planSeed, int number) {
        this.seed = Bits.mix(Bits.mix(planSeed) + number);
        this.number = number;
        this.shape = number % SHAPES;
        switch (shape) {
            case 0, 1, 2 -> {
                metric = "flood_call_duration";
                kind = MetricKind.OBSERVATION;
                unit = "us";
            }
            case 3 -> {
                metric = "flood_lookup_duration_seconds";
                kind = MetricKind.OBSERVATION;
                unit = "s";
            }
            case 4, 5 -> {
                metric = shape == 4 ? "flood_requests_total" : "flood_rows_total";
                kind = MetricKind.COUNT;
                unit = null;
            }
            case 6 -> {
                metric = "flood_response_bytes";
                kind = MetricKind.OBSERVATION;
                unit = "By";
            }
            case 7 -> {
                metric = "flood_balance";
                kind = MetricKind.GAUGE;
                unit = null;
            }
            case 8 -> {
                metric = "flood_steps_total";
                kind = MetricKind.CUMULATIVE;
                unit = null;
            }
            default -> {
                metric = "flood_batch_duration";
                kind = MetricKind.OBSERVATION;
                unit = "us";
            }
        }
    }

    String metric() {
        return metric;
    }

    String service() {
        return "flood-" + number % SERVICES;
    }

    Map<String, String> labels() {
        // Sorted: the order of Map.of, and so the bytes, would differ from process to process.
        return new TreeMap<>(Map.of("endpoint", "/flood/" + number, "zone", "z" + number % 3));
    }

    MetricKind kind() {
        return kind;
    }

    @Nullable
    String unit() {
        return unit;
    }

    Form form() {
        return switch (shape) {
            case 5, 6 -> Form.BATCH;
            case 9 -> Form.HISTOGRAM;
            default -> Form.SINGLE;
        };
    }

    /** Random bits of event {@code i}, for one purpose. */
    long bits(long i, int purpose) {
        return Bits.mix(seed ^ Bits.mix(i * 16 + purpose));
    }

    /** The value in parts of an event that happened at {@code timeMs}. */
    long parts(long i, long timeMs) {
        long bits = bits(i, 1);
        return switch (shape) {
            case 3 -> 1 + (bits >>> 52 << (bits & 7)); // up to 512 s in parts
            case 4, 5 -> (1 + (bits >>> 60)) * IntegerTruth.PARTS;
            case 7 -> (bits >> 40); // levels of both signs, with fractions
            case 8 -> (1 + timeMs % restartsEveryMs() / STEP_MS) * IntegerTruth.PARTS; // a running total
            default -> (1 + (bits >>> 50 << (bits & 15))) * IntegerTruth.PARTS; // heavy-tailed
        };
    }

    /**
     * False for a running total that starts again within an hour: when an hour has more than 1,000 samples, those that only
     * rise are dropped, and one that comes late between them could no longer be told from another start.
     */
    boolean mayBeLate() {
        return kind != MetricKind.CUMULATIVE || restartsEveryMs() == HOUR_MS;
    }

    private long restartsEveryMs() {
        return number / SHAPES % 2 == 0 ? RESTARTS_EVERY_MS : HOUR_MS;
    }

    @Nullable
    Outcome outcome(long i) {
        long bits = bits(i, 2);
        if ((bits & 7) == 0) {
            return null;
        }
        boolean bad = (bits >>> 8) % 20 == 0;
        return switch (shape) {
            case 0, 1, 5, 9 -> bad ? Outcome.ERROR : Outcome.SUCCESS;
            case 3, 4 -> bad ? Outcome.MISS : Outcome.HIT;
            default -> null;
        };
    }
}
