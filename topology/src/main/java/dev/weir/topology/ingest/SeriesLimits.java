package dev.weir.topology.ingest;

/**
 * The bounds on what one ingest task keeps in memory. Each task counts on its own: with n input partitions a service may
 * come to n times as many series.
 *
 * @param perService series of one service; new label sets beyond fold into overflow series
 * @param total series of all services; likewise
 * @param partials open partials; at the bound all are emitted before the commit
 */
public record SeriesLimits(int perService, int total, int partials) {
    public static final SeriesLimits DEFAULTS = new SeriesLimits(100_000, 1_000_000, 200_000);

    public SeriesLimits {
        requirePositive(perService, "series-per-service");
        requirePositive(total, "series");
        requirePositive(partials, "partials");
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be > 0 (limits." + name + ")");
        }
    }
}
