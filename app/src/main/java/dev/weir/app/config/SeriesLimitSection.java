package dev.weir.app.config;

import dev.weir.topology.ingest.SeriesLimits;

/** Reads the bounds of a task in the section {@code limits}. */
final class SeriesLimitSection {
    private static final SeriesLimits DEFAULTS = SeriesLimits.DEFAULTS;
    private static final int MOST = 10_000_000;

    private SeriesLimitSection() {}

    static SeriesLimits read(Section section) {
        return new SeriesLimits(
                section.integer("series-per-service", DEFAULTS.perService(), 1, MOST),
                section.integer("series", DEFAULTS.total(), 1, MOST),
                section.integer("partials", DEFAULTS.partials(), 1, MOST));
    }
}
