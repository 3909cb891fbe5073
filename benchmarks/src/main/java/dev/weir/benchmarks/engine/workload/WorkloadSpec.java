package dev.weir.benchmarks.engine.workload;

import java.util.List;

/**
 * What is preloaded: so many events of so many series, at a rate that event time tells.
 *
 * @param name as the report names it, such as {@code single-1k}
 * @param series number of live series, a multiple of {@link #instanceSize()} times {@link #PARTITIONS}
 * @param batched whether the records are batches of {@link #BATCH} measurements
 * @param ticks how often each series measures
 * @param intervalMs event time between two measurements of a series; divides a minute
 * @param startMs event time of the first measurement, a full minute
 */
public record WorkloadSpec(String name, int series, boolean batched, int ticks, int intervalMs, long startMs) {
    public static final int PARTITIONS = 4;
    public static final int BATCH = 100;
    public static final int WINDOW_MS = 60_000;
    /** Event time that the closing events lie behind the end of the last window: more than any lateness. */
    static final int CLOSING_MS = 5_000;

    private static final int FEW_SERIES = 10_000;

    public WorkloadSpec {
        if (series % (PARTITIONS * BATCH / 2) != 0) {
            throw new IllegalArgumentException("series is " + series + ", must be a multiple of 200 (" + name + ")");
        }
        if (ticks <= 0 || ticks % 2 != 0) {
            throw new IllegalArgumentException("ticks is " + ticks + ", must be even and > 0 (" + name + ")");
        }
        if (startMs % WINDOW_MS != 0) {
            throw new IllegalArgumentException("startMs is " + startMs + ", must be a full minute (" + name + ")");
        }
    }

    /** The four workloads of the report, with about so many events each. */
    public static List<WorkloadSpec> all(long eventsOf1k, long eventsOf100k, long startMs) {
        return List.of(
                spec("single-1k", 1_000, false, eventsOf1k, 100, startMs),
                spec("single-100k", 100_000, false, eventsOf100k, 1_000, startMs),
                spec("batch-1k", 1_000, true, eventsOf1k, 100, startMs),
                spec("batch-100k", 100_000, true, eventsOf100k, 1_000, startMs));
    }

    private static WorkloadSpec spec(
            String name, int series, boolean batched, long events, int intervalMs, long startMs) {
        int pairs = (int) Math.max(1, events / series / 2);
        return new WorkloadSpec(name, series, batched, 2 * pairs, intervalMs, startMs);
    }

    /** The beginning of this workload, of about so many events, under another name. */
    public WorkloadSpec prefix(String suffix, long events) {
        WorkloadSpec prefix = spec(name + suffix, series, batched, events, intervalMs, startMs);
        return new WorkloadSpec(prefix.name, series, batched, Math.min(prefix.ticks, ticks), intervalMs, startMs);
    }

    /** Measurements, without the closing ones. */
    public long events() {
        return (long) series * ticks;
    }

    /** Records in the topic, with the closing ones. */
    public long records() {
        return (batched ? events() / BATCH : events()) + PARTITIONS;
    }

    /** Series of one service instance, which sends them together to one partition. */
    public int instanceSize() {
        return series < FEW_SERIES ? BATCH / 2 : BATCH;
    }

    public int instances() {
        return series / instanceSize();
    }

    public int partition(int instance) {
        return instance % PARTITIONS;
    }

    /** Event time of measurement {@code tick} of a series: spread over the interval, rising with series and tick. */
    public long timestampMs(int series, int tick) {
        return startMs + (long) tick * intervalMs + (long) intervalMs * series / this.series;
    }

    /** Event time of the last events, which close all windows before them. */
    public long closingMs() {
        return startMs + (long) windowsPerSeries() * WINDOW_MS + CLOSING_MS;
    }

    public int windowsPerSeries() {
        long lengthMs = (long) ticks * intervalMs;
        return (int) ((lengthMs + WINDOW_MS - 1) / WINDOW_MS);
    }

    /** Windows of one minute that event time closes. */
    public long windows() {
        return (long) series * windowsPerSeries();
    }

    /** How many ticks lie in one window. */
    int ticksPerWindow() {
        return WINDOW_MS / intervalMs;
    }
}
