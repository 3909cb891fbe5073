package dev.weir.testing.flood;

/**
 * The ids under which the registry knows the schemas.
 *
 * @param single of MetricEvent
 * @param batch of MetricBatch
 * @param histogram of HistogramEvent
 * @param unsupported of a schema that is no event
 */
public record SchemaIds(int single, int batch, int histogram, int unsupported) {
    /** Under this id the registry knows nothing. */
    static final int UNKNOWN = 2_000_000_000;
}
