package dev.weir.publisher;

/** A level: the last one set is sent at each flush. Calls never wait and never throw; any thread may make them. */
public final class PublishedGauge {
    private final Recording levels;

    PublishedGauge(Recording levels) {
        this.levels = levels;
    }

    /** A level that is not finite is dropped and counted; the one before stays. */
    public void set(double level) {
        levels.record(level, null, null);
    }
}
