package dev.weir.alerting.template;

import dev.weir.alerting.promql.PromDuration;
import dev.weir.alerting.template.Value.Time;

/** Functions over instants and durations. */
final class TimeFunctions {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final double LONG_LIMIT = 0x1p63;

    private TimeFunctions() {}

    static Value humanizeTimestamp(FunctionCall call) throws RenderFailure {
        double seconds = call.number(0);
        return new Value.Text(
                Double.isNaN(seconds) || Double.isInfinite(seconds)
                        ? GoFloat.significant(seconds, 4)
                        : GoPrint.text(time(call, seconds)));
    }

    static Value toTime(FunctionCall call) throws RenderFailure {
        double seconds = call.number(0);
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw call.failure("value is NaN or Inf");
        }
        return time(call, seconds);
    }

    static Value parseDuration(FunctionCall call) throws RenderFailure {
        try {
            return new Value.Numeric(PromDuration.parse(call.text(0)).toMillis() / 1000.0);
        } catch (IllegalArgumentException e) {
            throw call.failure(String.valueOf(e.getMessage()));
        }
    }

    private static Time time(FunctionCall call, double seconds) throws RenderFailure {
        double nanos = seconds * NANOS;
        if (nanos > LONG_LIMIT || nanos < -LONG_LIMIT) {
            throw call.failure(GoFloat.shortest(seconds)
                    + " cannot be represented as a nanoseconds timestamp since it overflows int64");
        }
        return new Time((long) nanos / NANOS_PER_MS);
    }
}
