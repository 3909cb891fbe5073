package dev.weir.benchmarks.sketch;

import java.util.Arrays;
import java.util.Locale;

/** Prints how many bytes each sketch takes and how far its p95 is off, for latencies. */
public final class SketchTable {
    private static final String[] NAMES = {"weir", "hdr-dense", "hdr-packed", "ddsketch", "t-digest"};
    private static final int[] SIZES = {10, 100, 1_000, 100_000};
    private static final int ROUNDS = 50;
    private static final double Q = 0.95;

    private SketchTable() {}

    public static void main(String[] args) {
        System.out.println("| sketch | values | bytes | V2 bytes | mean error of p95 | greatest |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (int size : SIZES) {
            for (String name : NAMES) {
                print(name, size);
            }
        }
    }

    private static void print(String name, int size) {
        long bytes = 0;
        long v2 = 0;
        double sum = 0;
        double greatest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Contender sketch = Contender.named(name);
            double[] seconds = Latencies.of(size, round);
            for (double value : seconds) {
                sketch.record(value);
            }
            bytes += sketch.encode().length;
            v2 += sketch instanceof WeirContender weir ? weir.sketch().encode().length : 0;
            Arrays.sort(seconds);
            double exact = seconds[(int) Math.ceil(Q * size) - 1];
            double error = Math.abs(sketch.quantile(Q) - exact) / exact;
            sum += error;
            greatest = Math.max(greatest, error);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %.2f %% | %.2f %% |%n",
                name,
                size,
                bytes / ROUNDS,
                v2 == 0 ? "" : String.format(Locale.ROOT, "%,d", v2 / ROUNDS),
                100 * sum / ROUNDS,
                100 * greatest);
    }
}
