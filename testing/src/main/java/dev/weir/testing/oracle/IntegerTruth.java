package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.rejected.RejectReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recomputation of every window and reject of generated traffic whose values are whole multiples of {@code 1 / }{@link
 * #PARTS}: sums are then exact in a long, and in a double.
 *
 * <p>Unlike {@link WindowOracle} it keeps sums and HdrHistograms by series and minute, not the values, so that it bears hours of
 * traffic: some kilobytes a minute of a series, and 16 bytes an event of running totals. Not thread-safe.
 */
public final class IntegerTruth {
    /** How many parts one unit of a value has: a power of 2, so that a double holds every part exactly. */
    public static final long PARTS = 1024;

    private final Map<SeriesId, SeriesTruth> series = new HashMap<>();
    private final Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);

    /** The value of so many parts. */
    public static double value(long parts) {
        return (double) parts / PARTS;
    }

    /**
     * The parts of a value.
     *
     * @throws IllegalArgumentException if it is no whole number of parts
     */
    public static long parts(double value) {
        double parts = value * PARTS;
        if (parts != Math.rint(parts) || Math.abs(parts) > 0x1p62) {
            throw new IllegalArgumentException("value is " + value + ", must be a whole multiple of 1/" + PARTS);
        }
        return (long) parts;
    }

    /**
     * The series of this identity, to add events to.
     *
     * @throws IllegalArgumentException if it was of another kind or unit before, or of an unknown unit
     */
    public SeriesTruth series(
            String metric, String service, Map<String, String> labels, MetricKind kind, @Nullable String unit) {
        SeriesId id = SeriesId.of(metric, service, labels);
        SeriesTruth found = series.computeIfAbsent(id, absent -> new SeriesTruth(kind, unit));
        if (found.kind() != kind) {
            throw new IllegalArgumentException("kind is " + kind + ", must be " + found.kind() + " (" + id + ")");
        }
        return found;
    }

    /** Adds one event that must be rejected. */
    public void reject(RejectReason reason) {
        rejects.merge(reason, 1L, Long::sum);
    }

    /** How many events must be rejected, by reason. */
    public Map<RejectReason, Long> rejects() {
        return Map.copyOf(rejects);
    }

    /** Accepted events; of histogram events, their observations. */
    public long accepted() {
        return series.values().stream()
                .flatMap(one -> one.minutes().values().stream())
                .mapToLong(SliceTruth::count)
                .sum();
    }

    /** Events that must be rejected. */
    public long rejected() {
        return rejects.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many minutes of series, and reasons of rejects, are not the same in both. */
    public long differences(IntegerTruth other) {
        Set<SeriesId> all = new HashSet<>(series.keySet());
        all.addAll(other.series.keySet());
        long different = 0;
        for (SeriesId id : all) {
            SeriesTruth one = series.get(id);
            SeriesTruth two = other.series.get(id);
            Map<Long, SliceTruth> ones = one == null ? Map.of() : one.minutes();
            Map<Long, SliceTruth> twos = two == null ? Map.of() : two.minutes();
            Set<Long> starts = new HashSet<>(ones.keySet());
            starts.addAll(twos.keySet());
            different += starts.stream()
                    .filter(start -> !same(ones.get(start), twos.get(start)))
                    .count();
        }
        for (RejectReason reason : RejectReason.values()) {
            different += rejects.getOrDefault(reason, 0L).equals(other.rejects.getOrDefault(reason, 0L)) ? 0 : 1;
        }
        return different;
    }

    Map<SeriesId, SeriesTruth> bySeries() {
        return series;
    }

    private static boolean same(@Nullable SliceTruth one, @Nullable SliceTruth two) {
        return one != null && two != null && one.same(two);
    }
}
