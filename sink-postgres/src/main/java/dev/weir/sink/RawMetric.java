package dev.weir.sink;

/**
 * Metrics whose single measurements are stored, not only their windows.
 *
 * @param name of a metric, or the beginning of names with a {@code *} behind it
 * @param sample the share of measurements that is stored, above 0 and at most 1
 */
public record RawMetric(String name, double sample) {
    private static final String ANY_END = "*";

    public RawMetric {
        if (name.isBlank() || (name.indexOf('*') >= 0 && name.indexOf('*') < name.length() - 1)) {
            throw new IllegalArgumentException(
                    "raw metric is \"" + name + "\", must be a name, or the beginning of names and a * behind it");
        }
        if (!(sample > 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample of " + name + " is " + sample + ", must be > 0 and <= 1");
        }
    }

    /** Whether the metric is one of those meant. */
    boolean covers(String metric) {
        return name.endsWith(ANY_END) ? metric.startsWith(name.substring(0, name.length() - 1)) : metric.equals(name);
    }
}
