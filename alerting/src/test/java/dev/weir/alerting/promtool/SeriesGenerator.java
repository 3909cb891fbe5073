package dev.weir.alerting.promtool;

import dev.weir.events.MetricKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random series: counters {@code c_total}, {@code d_total} and {@code h_bucket} with resets, gauges {@code g}, {@code k} and
 * {@code t} (a time); with gaps, and where wanted stale markers, NaN and infinities.
 *
 * <p>Values are whole sixteenths, so that sums of them are exact in any order, and no two series have the same.
 */
final class SeriesGenerator {
    private static final List<String> BOUNDS = List.of("0.1", "0.5", "1", "2.5", "+Inf");

    private final Random random;
    private final long intervalMs;
    private final int length;
    private final boolean special;
    private final List<GeneratedSeries> series = new ArrayList<>();
    private int fraction;

    private SeriesGenerator(Random random) {
        this.random = random;
        this.intervalMs = 5_000L * (1 + random.nextInt(6));
        this.length = 5 + random.nextInt(50);
        this.special = random.nextInt(3) == 0;
    }

    static List<GeneratedSeries> generate(Random random) {
        SeriesGenerator generator = new SeriesGenerator(random);
        generator.addAll();
        return generator.series;
    }

    private void addAll() {
        for (String job : List.of("a", "b", "c")) {
            for (String path : List.of("x", "y")) {
                List<String> labels = List.of("job", job, "path", path);
                maybe(MetricKind.CUMULATIVE, "c_total", labels, this::counter);
                maybe(MetricKind.GAUGE, "g", labels, this::gauge);
                if (path.equals("x")) {
                    maybe(MetricKind.CUMULATIVE, "d_total", labels, this::counter);
                }
            }
            maybe(MetricKind.GAUGE, "k", List.of("job", job, "service", "s" + random.nextInt(2)), this::gauge);
            maybe(MetricKind.GAUGE, "t", List.of("job", job), this::time);
            addHistogram(job);
        }
    }

    private interface Values {
        List<String> make();
    }

    private void maybe(MetricKind kind, String metric, List<String> labels, Values values) {
        if (random.nextInt(8) > 0) {
            add(kind, metric, labels, values.make());
        }
    }

    private void add(MetricKind kind, String metric, List<String> labels, List<String> values) {
        MetricKind told = random.nextInt(6) == 0 ? MetricKind.GAUGE : kind;
        series.add(new GeneratedSeries(
                GeneratedSeries.series(told, metric, labels), values, intervalMs, random.nextBoolean()));
    }

    private void addHistogram(String job) {
        List<List<String>> buckets = new ArrayList<>();
        BOUNDS.forEach(bound -> buckets.add(new ArrayList<>()));
        long[] totals = new long[BOUNDS.size()];
        for (int i = 0; i < length; i++) {
            if (random.nextInt(20) == 0) {
                Arrays.fill(totals, 0);
            }
            int observed = random.nextInt(10);
            for (int n = 0; n < observed; n++) {
                for (int b = random.nextInt(BOUNDS.size()); b < totals.length; b++) {
                    totals[b]++;
                }
            }
            boolean gap = random.nextInt(15) == 0;
            for (int b = 0; b < totals.length; b++) {
                buckets.get(b).add(gap ? "_" : String.valueOf(totals[b]));
            }
        }
        boolean noTop = random.nextInt(10) == 0;
        for (int b = 0; b < totals.length - (noTop ? 1 : 0); b++) {
            add(MetricKind.CUMULATIVE, "h_bucket", List.of("job", job, "le", BOUNDS.get(b)), buckets.get(b));
        }
    }

    private List<String> counter() {
        double total = random.nextInt(3) == 0 ? 100_000 : random.nextInt(40);
        double own = nextFraction();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            total = random.nextInt(12) == 0 ? 0 : total + random.nextInt(30);
            values.add(odd().orElse(String.valueOf(total + own)));
        }
        return values;
    }

    private List<String> gauge() {
        double own = nextFraction();
        boolean flat = random.nextInt(6) == 0;
        List<String> values = new ArrayList<>();
        double level = random.nextInt(21) - 10;
        for (int i = 0; i < length; i++) {
            level = flat && random.nextInt(5) > 0 ? level : random.nextInt(21) - 10;
            values.add(odd().orElse(String.valueOf(level + own)));
        }
        return values;
    }

    private List<String> time() {
        long start = random.nextInt(2) * 1_700_000_000L + random.nextInt(100_000_000);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(random.nextInt(10) == 0 ? "_" : String.valueOf(start + 40_000L * i));
        }
        return values;
    }

    private double nextFraction() {
        fraction++;
        return (fraction % 16) / 16.0 + fraction / 16 * 1_000;
    }

    private Optional<String> odd() {
        return switch (random.nextInt(24)) {
            case 0, 1 -> Optional.of("_");
            case 2 -> Optional.of(random.nextBoolean() ? "stale" : "_");
            case 3 -> special ? Optional.of(List.of("NaN", "Inf", "-Inf").get(random.nextInt(3))) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
