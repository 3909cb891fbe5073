package dev.weir.topology.ingest;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Observations;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.shuffle.SeriesCodec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One series that an ingest task has seen lately, with all it needs to know of it for each event. Not thread-safe. */
final class IngestSeries {
    /** Encodings that are kept of one series: those of four labels in any order, and some. */
    private static final int MOST_ENCODINGS = 32;

    private final byte[] bytes;
    private final MetricKind kind;
    private final boolean overflow;
    private final int partition;
    private final SketchRange range;
    private final boolean deduplicated;
    private boolean readByRules;
    private @Nullable Encoding lastEncoding;
    private int encodings;
    private long lastSeenMs;

    /*
     * Owned by Partials: the most recently used of the open partials, the others behind it. What each event asks of the
     * first one is here too: reading it there would be one more cache miss.
     */
    @Nullable
    Partial open;

    @Nullable
    Aggregate openAggregate;

    long openStartMs;
    boolean openWindowsOnly;

    /** Not yet in {@link #openAggregate}; null if nothing is open, or too many other series are. */
    @Nullable
    Observations recent;

    IngestSeries(
            Series series, byte[] bytes, int partition, SketchRange range, boolean deduplicated, boolean readByRules) {
        this.bytes = bytes;
        this.kind = series.kind();
        this.overflow = series.labels().containsKey(SeriesRegister.OVERFLOW);
        this.partition = partition;
        this.range = range;
        this.deduplicated = deduplicated;
        this.readByRules = readByRules;
    }

    /** Decoded, each time: kept, it would take several times the memory of its bytes. */
    Series series() {
        return SeriesCodec.decode(bytes);
    }

    /** True if it counts the events of label sets that found no room. */
    boolean isOverflow() {
        return overflow;
    }

    /** Canonical bytes. */
    byte[] bytes() {
        return bytes;
    }

    /** Where its deltas go. */
    int partition() {
        return partition;
    }

    /** True if only values count, not when they were measured. */
    boolean isObserved() {
        return kind == MetricKind.OBSERVATION;
    }

    /** True if its events that carry an id travel one by one. */
    boolean deduplicated() {
        return deduplicated;
    }

    /** True if a rule may read its panes. */
    boolean readByRules() {
        return readByRules;
    }

    void readByRules(boolean read) {
        readByRules = read;
    }

    /** True if {@link EventRules#checkValue} would pass. */
    boolean accepts(double value) {
        return value >= 0 ? value <= Double.MAX_VALUE : kind == MetricKind.GAUGE && value >= -Double.MAX_VALUE;
    }

    Aggregate newAggregate() {
        return new Aggregate(kind, range);
    }

    long lastSeenMs() {
        return lastSeenMs;
    }

    void seen(long nowMs) {
        lastSeenMs = nowMs;
    }

    /** Adds an event to the partial that is asked for first, {@link #openAggregate}. */
    void record(Aggregate first, long timestampMs, double value, @Nullable Outcome outcome) {
        Observations values = recent;
        if (values == null) {
            first.record(timestampMs, value, outcome);
            return;
        }
        values.add(value, outcome);
        if (values.isFull()) {
            values.moveTo(first);
        }
    }

    /** Sets the partial that is asked for first. */
    void open(@Nullable Partial first) {
        addRecent();
        open = first;
        openAggregate = first == null ? null : first.aggregate;
        openStartMs = first == null ? 0 : first.startMs;
        openWindowsOnly = first != null && first.windowsOnly;
    }

    /** One of its partials is open no more. */
    void close(Partial closed) {
        if (closed == open) {
            open(closed.nextOfSeries);
            return;
        }
        for (Partial one = open; one != null; one = one.nextOfSeries) {
            if (one.nextOfSeries == closed) {
                one.nextOfSeries = closed.nextOfSeries;
            }
        }
    }

    /** Moves what was recorded last to where it belongs. */
    void addRecent() {
        if (recent != null && openAggregate != null) {
            recent.moveTo(openAggregate);
        }
    }

    /** Reads a little of what the next event changes, so that it is in the cache; the result means nothing. */
    long glanceOpen() {
        if (recent != null) {
            return (long) recent.glance();
        }
        return openAggregate == null ? 0 : openAggregate.count();
    }

    /** As {@link #glanceOpen}, of what is only found from there. */
    long glanceCounts() {
        return recent != null || openAggregate == null ? 0 : openAggregate.glance();
    }

    /** False if it is known under enough encodings. */
    boolean takesEncodings() {
        return encodings < MOST_ENCODINGS;
    }

    /** It is known under one more encoding, a new one. */
    void add(Encoding encoding) {
        encoding.nextOfSeries = lastEncoding;
        lastEncoding = encoding;
        encodings++;
    }

    void forEachEncoding(Consumer<Encoding> visitor) {
        for (Encoding one = lastEncoding; one != null; one = one.nextOfSeries) {
            visitor.accept(one);
        }
    }
}
