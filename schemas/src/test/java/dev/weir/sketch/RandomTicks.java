package dev.weir.sketch;

import java.util.Random;
import org.HdrHistogram.Histogram;

/** Random ranges and ticks of every magnitude, from a seed that is printed. */
final class RandomTicks {
    static final int FORMS = 9;

    private final Random random;

    RandomTicks(String test) {
        long seed = Long.getLong("weir.test.seed", new Random().nextLong());
        System.out.println(test + ": -Dweir.test.seed=" + seed);
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    SketchRange range() {
        double ticksPerUnit = new double[] {1, 1e3, 1e6, 0.001, 0.3, 7}[random.nextInt(6)];
        return new SketchRange(ticksPerUnit, highest(), 1 + random.nextInt(5));
    }

    private long highest() {
        int shape = random.nextInt(4);
        return shape == 0 ? Long.MAX_VALUE : shape == 1 ? 3_600_000_000L : 2 + (random.nextLong() >>> (2 + below(60)));
    }

    /** Every magnitude up to the highest is equally likely. */
    long ticks(SketchRange range) {
        return (random.nextLong() >>> (1 + below(63))) % range.highestTicks();
    }

    Sketch sketch(SketchRange range, int values) {
        Sketch sketch = new Sketch(range);
        for (int i = 0; i < values; i++) {
            sketch.recordTicks(ticks(range), 1 + below(3));
        }
        return sketch;
    }

    Sketch anyForm(SketchRange range) {
        return form(below(FORMS), range);
    }

    /** A sketch of few or many buckets, near or far from each other, with small or great counts; the first is empty. */
    Sketch form(int form, SketchRange range) {
        Sketch sketch = new Sketch(range);
        BucketLayout layout = BucketLayout.of(range);
        int highest = layout.index(range.highestTicks());
        int values = form == 0 ? 0 : form % 2 == 0 ? 1 + below(10) : 20 + below(300);
        int spread = form <= 4 ? highest + 1 : Math.min(highest + 1, 1 + below(400));
        int first = below(highest + 2 - spread);
        for (int i = 0; i < values; i++) {
            long count =
                    form == 3 || form == 4 || form >= 7 ? 1 + (random.nextLong() >>> (16 + below(40))) : 1 + below(3);
            sketch.recordTicks(Math.min(layout.lowest(first + below(spread)), range.highestTicks()), count);
        }
        return sketch;
    }

    /** The same random values in a sketch and in HdrHistogram. */
    Pair pair(SketchRange range, int values) {
        Pair pair = new Pair(new Sketch(range), new Histogram(1, range.highestTicks(), range.digits()));
        for (int i = 0; i < values; i++) {
            long ticks = ticks(range);
            long count = 1 + (random.nextLong() >>> (20 + below(43)));
            pair.sketch().recordTicks(ticks, count);
            pair.histogram().recordValueWithCount(ticks, count);
        }
        return pair;
    }

    record Pair(Sketch sketch, Histogram histogram) {}
}
