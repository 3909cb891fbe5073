package dev.weir.topology.ingest;

import dev.weir.series.Series;
import dev.weir.topology.series.KeyPartition;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.shuffle.SeriesCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The series that an ingest task has seen lately: by the encoded fields of events that name them, and by their canonical
 * bytes.
 *
 * <p>Bounds: so many series of a service and in all. Beyond, the events of a new label set count for the overflow series of
 * its metric, label {@value #OVERFLOW} = {@code true}, which no event can name: of the service whose bound is reached, or of
 * the service {@value #OVERFLOW} where it is the bound on all. Kind and unit stay, so totals stay exact. A service has
 * overflow series of at most {@value #MOST_OVERFLOW} metrics; beyond, the metric is {@value #OVERFLOW} too. Which label sets
 * fold depends on which came first, and a restart begins anew. Not thread-safe.
 */
final class SeriesRegister {
    /*
     * An encoding is kept only for a valid series that is not folded: so both tables are bounded by the bound on series, and
     * a label set that was folded gets a series of its own as soon as there is room. Folded and invalid events take the slow
     * way each time.
     */
    static final String OVERFLOW = "__overflow__";
    static final int MOST_OVERFLOW = 1_000;

    /** How long a series without events is kept; it is forgotten at the first emission after a {@link #SWEEP}. */
    static final Duration KEPT = Duration.ofMinutes(10);

    static final Duration SWEEP = Duration.ofMinutes(5);
    private static final int ENCODINGS_PER_SERIES = 4;

    /** How many series a service has. */
    private static final class Count {
        private int series;
        private int overflow;
    }

    private final SeriesLimits limits;
    private final MetricCatalog metrics;
    private Predicate<Series> readByRules;
    private final int partitions;
    private final Offenders offenders;
    private final Encodings encodings = new Encodings();
    private final SeriesTable<IngestSeries> byBytes = new SeriesTable<>();
    private final Map<String, Count> services = new HashMap<>();
    private int size;
    private long sweptMs;

    SeriesRegister(
            SeriesLimits limits,
            MetricCatalog metrics,
            Predicate<Series> readByRules,
            int partitions,
            Offenders offenders,
            long nowMs) {
        this.limits = limits;
        this.metrics = metrics;
        this.readByRules = readByRules;
        this.partitions = partitions;
        this.offenders = offenders;
        this.sweptMs = nowMs;
    }

    /** Under which identities it knows its series. */
    Encodings encodings() {
        return encodings;
    }

    /** The series for which an event counts; a new one is remembered. */
    IngestSeries admit(Series series, long nowMs) {
        byte[] bytes = SeriesCodec.encode(series);
        IngestSeries known = byBytes.find(bytes, 0, bytes.length);
        if (known == null) {
            known = hasRoom(series.service()) ? add(series, bytes) : fold(series);
        }
        known.seen(nowMs);
        return known;
    }

    /** As {@link #admit(Series, long)}; {@link #encodings} have the identity from now on. */
    IngestSeries admit(Series series, byte[] identity, int length, long nowMs) {
        IngestSeries admitted = admit(series, nowMs);
        boolean room = encodings.size() < (long) ENCODINGS_PER_SERIES * limits.total();
        if (room && !admitted.isOverflow() && admitted.takesEncodings()) {
            admitted.add(encodings.add(identity, length, admitted));
        }
        return admitted;
    }

    private boolean hasRoom(String service) {
        Count count = services.get(service);
        return size < limits.total() && (count == null || count.series < limits.perService());
    }

    private IngestSeries fold(Series series) {
        offenders.add(series.service(), series.metric());
        String service = size < limits.total() ? series.service() : OVERFLOW;
        Series overflow = overflow(series.metric(), service, series, series.unit());
        byte[] bytes = SeriesCodec.encode(overflow);
        IngestSeries known = byBytes.find(bytes, 0, bytes.length);
        if (known != null) {
            return known;
        }
        Count count = services.get(service);
        if (count != null && count.overflow >= MOST_OVERFLOW) {
            overflow = overflow(OVERFLOW, service, series, null);
            bytes = SeriesCodec.encode(overflow);
            known = byBytes.find(bytes, 0, bytes.length);
        }
        return known == null ? add(overflow, bytes) : known;
    }

    private static Series overflow(String metric, String service, Series folded, @Nullable String unit) {
        return new Series(metric, service, new TreeMap<>(Map.of(OVERFLOW, "true")), folded.kind(), unit);
    }

    private IngestSeries add(Series series, byte[] bytes) {
        IngestSeries added = new IngestSeries(
                series,
                bytes,
                KeyPartition.of(series.key(), partitions),
                metrics.range(series.metric(), series.unit()),
                metrics.deduplication(series.metric()).isPresent(),
                readByRules.test(series));
        byBytes.put(bytes, added);
        count(added, series.service(), 1);
        return added;
    }

    private void count(IngestSeries changed, String service, int by) {
        Count count = services.computeIfAbsent(service, absent -> new Count());
        if (changed.isOverflow()) {
            count.overflow += by;
        } else {
            count.series += by;
            size += by;
        }
        if (count.series == 0 && count.overflow == 0) {
            services.remove(service);
        }
    }

    /** Other rules read the series. */
    void readByRules(Predicate<Series> read) {
        readByRules = read;
        byBytes.forEach(series -> series.readByRules(read.test(series.series())));
    }

    /** Forgets what has had no event for {@link #KEPT}, once in {@link #SWEEP}; no partial may be open. */
    void sweep(long nowMs) {
        if (nowMs - sweptMs < SWEEP.toMillis()) {
            return;
        }
        sweptMs = nowMs;
        byBytes.removeIf(series -> {
            boolean old = nowMs - series.lastSeenMs() > KEPT.toMillis();
            if (old) {
                series.forEachEncoding(encodings::remove);
                count(series, series.series().service(), -1);
            }
            return old;
        });
    }

    /** How many series it knows, overflow series aside. */
    int size() {
        return size;
    }
}
