package dev.weir.sink;

import dev.weir.aggregates.QuantileValue;
import dev.weir.sketch.Sketch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The percentiles that a row shows; null for other kinds than OBSERVATION. */
record Percentiles(
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p95,
        @Nullable Double p99) {
    static final Percentiles NONE = new Percentiles(null, null, null, null);

    static Percentiles of(Sketch sketch) {
        return sketch.isEmpty()
                ? NONE
                : new Percentiles(
                        sketch.quantile(0.5).value(),
                        sketch.quantile(0.9).value(),
                        sketch.quantile(0.95).value(),
                        sketch.quantile(0.99).value());
    }

    static Percentiles of(List<QuantileValue> published) {
        return new Percentiles(
                value(published, 0.5), value(published, 0.9), value(published, 0.95), value(published, 0.99));
    }

    private static @Nullable Double value(List<QuantileValue> published, double quantile) {
        for (QuantileValue each : published) {
            if (each.getQuantile() == quantile) {
                return each.getValue();
            }
        }
        return null;
    }
}
