package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a window must say, recomputed from its samples. */
record WindowTruth(Totals totals, @Nullable Double last, double rate, SortedValues values) {

    static WindowTruth of(MetricKind kind, WindowSize size, Samples samples) {
        List<Sample> byTime = needsTime(kind) ? byTime(samples) : List.of();
        double sum = (kind == MetricKind.CUMULATIVE ? increase(byTime) : sum(samples)).doubleValue();
        SortedValues values = samples.sorted();
        OutcomeTotals outcomes = new OutcomeTotals(kind, samples);
        Totals totals = new Totals(
                samples.size(),
                sum,
                values.smallest(),
                values.greatest(),
                outcomes.count(Outcome.SUCCESS),
                outcomes.count(Outcome.ERROR),
                outcomes.count(Outcome.HIT),
                outcomes.count(Outcome.MISS),
                outcomes.ratio(Outcome.ERROR, Outcome.SUCCESS),
                outcomes.ratio(Outcome.HIT, Outcome.MISS));
        boolean rateOfSum = kind == MetricKind.COUNT || kind == MetricKind.CUMULATIVE;
        double rate = (rateOfSum ? sum : samples.size()) / size.seconds();
        Double last =
                byTime.isEmpty() ? null : (Double) byTime.get(byTime.size() - 1).value();
        return new WindowTruth(totals, last, rate, values);
    }

    private static boolean needsTime(MetricKind kind) {
        return kind == MetricKind.CUMULATIVE || kind == MetricKind.GAUGE;
    }

    private static List<Sample> byTime(Samples samples) {
        return IntStream.range(0, samples.size())
                .mapToObj(i -> new Sample(samples.timeMs(i), samples.value(i)))
                .sorted(Comparator.comparingLong(Sample::timeMs).thenComparingDouble(Sample::value))
                .toList();
    }

    private static BigDecimal sum(Samples samples) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < samples.size(); i++) {
            sum = sum.add(new BigDecimal(samples.value(i)));
        }
        return sum;
    }

    private static BigDecimal increase(List<Sample> byTime) {
        BigDecimal increase = BigDecimal.ZERO;
        for (int i = 1; i < byTime.size(); i++) {
            BigDecimal before = new BigDecimal(byTime.get(i - 1).value());
            BigDecimal now = new BigDecimal(byTime.get(i).value());
            // Counter reset: the new value is the increase.
            increase = increase.add(now.compareTo(before) < 0 ? now : now.subtract(before));
        }
        return increase;
    }

    private record Sample(long timeMs, double value) {}
}
