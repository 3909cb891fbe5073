package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import org.jspecify.annotations.Nullable;

/** Holds the percentiles of a stored row to the sorted values of its hour. */
final class HourlyRowCheck {
    private HourlyRowCheck() {}

    static void check(FieldCheck check, HourlyRow row, SeriesHistory series, WindowTruth expected) {
        row.totals().check(check, expected.totals());
        boolean observation = series.kind() == MetricKind.OBSERVATION;
        Scale scale = Scale.of(row.metric(), series.unit());
        percentile(check, observation, "p50", row.p50(), expected.values().quantile(0.5), scale);
        percentile(check, observation, "p90", row.p90(), expected.values().quantile(0.9), scale);
        percentile(check, observation, "p95", row.p95(), expected.values().quantile(0.95), scale);
        percentile(check, observation, "p99", row.p99(), expected.values().quantile(0.99), scale);
    }

    private static void percentile(
            FieldCheck check, boolean present, String field, @Nullable Double observed, double exact, Scale scale) {
        if (present) {
            double tracked = Math.min(exact, scale.highest());
            check.close(field, observed, tracked, Math.max(SketchCheck.RELATIVE_ERROR * tracked, scale.tick()));
        } else {
            check.same(field, (Object) observed, null);
        }
    }

    // Rows do not carry the sketch, so the scale is the documented default of the unit.
    private record Scale(double tick, double highest) {
        static Scale of(String metric, @Nullable String unit) {
            return switch (unit == null ? metric.replaceAll(".*_", "") : unit) {
                case "s", "seconds" -> new Scale(1e-6, 3600);
                case "ms", "milliseconds" -> new Scale(1e-3, 3_600_000);
                case "us", "microseconds" -> new Scale(1, 3_600_000_000.0);
                case "By", "bytes" -> new Scale(1, 0x1p50);
                default -> new Scale(1e-6, 0x1p50 / 1e6);
            };
        }
    }
}
