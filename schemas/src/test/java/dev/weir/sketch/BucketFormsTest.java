package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the forms of {@link BucketCounts} and the changes between them to a sorted map. */
final class BucketFormsTest {
    private static final SketchRange RANGE = new SketchRange(1, 3_600_000_000L, 2);
    private static final int EXACT = 256;

    @Test
    void entriesBecomeAnArrayWhenTheUsedRangeIsFourTimesTheirNumber() {
        assertThat(isArray(BucketCounts.DENSE_FROM, 4 * BucketCounts.DENSE_FROM - 1))
                .isTrue();
        assertThat(isArray(BucketCounts.DENSE_FROM, 4 * BucketCounts.DENSE_FROM))
                .isTrue();
        assertThat(isArray(BucketCounts.DENSE_FROM, 4 * BucketCounts.DENSE_FROM + 1))
                .isFalse();
        assertThat(isArray(BucketCounts.DENSE_FROM - 1, 20)).isFalse();
    }

    @Test
    void arrayBecomesEntriesAgainWhenStretchedBeyondEightTimesTheirNumber() {
        for (int beyond = -1; beyond <= 1; beyond++) {
            Sketch sketch = entries(BucketCounts.DENSE_FROM, 20);
            int slots = BucketCounts.SPARSE_FACTOR * (BucketCounts.DENSE_FROM + 1) + beyond;
            sketch.recordTicks(slots - 1, 1);
            assertThat(sketch.lengthOfCounts()).isEqualTo(beyond <= 0 ? slots : 0);
            assertThat(sketch.occupied()).isEqualTo(BucketCounts.DENSE_FROM + 1);
            assertThat(sketch.countAt(sketch.slots() - 1)).isEqualTo(1);
            assertThat(sketch.indexAt(sketch.slots() - 1)).isEqualTo(slots - 1);
        }
    }

    @Test
    void arrayIsStretchedAtItsLowerEndToo() {
        Sketch sketch = new Sketch(RANGE);
        for (int tick = 100; tick < 120; tick++) {
            sketch.recordTicks(tick, tick);
        }
        sketch.recordTicks(60, 7);
        assertThat(sketch.lengthOfCounts()).isPositive();
        assertThat(counts(sketch)).hasSize(21).containsEntry(60, 7L).containsEntry(119, 119L);
        sketch.recordTicks(3_000_000, 5);
        assertThat(sketch.lengthOfCounts()).isZero();
        assertThat(counts(sketch)).hasSize(22).containsEntry(60, 7L).containsEntry(119, 119L);
    }

    @Test
    void countsAtTheBoundsOfEachFormAreKept() {
        int countBits = Integer.SIZE - 1 - 12;
        for (long bound : new long[] {1L << countBits, 1L << 31, 1L << 32}) {
            for (long count = bound - 2; count <= bound + 1; count++) {
                for (int buckets : new int[] {1, BucketCounts.DENSE_FROM}) {
                    Sketch atOnce = entries(buckets, buckets);
                    atOnce.recordTicks(0, count);
                    assertThat(atOnce.countAt(0)).isEqualTo(count + 1);
                    Sketch lastByOne = entries(buckets, buckets);
                    lastByOne.recordTicks(0, count - 1);
                    lastByOne.record(0);
                    assertThat(counts(lastByOne)).isEqualTo(counts(atOnce));
                    assertThat(lastByOne.encode()).isEqualTo(atOnce.encode());
                }
            }
        }
    }

    @Test
    void manyValuesAtOnceEqualEachByItself() {
        RandomTicks random = new RandomTicks("manyValuesAtOnceEqualEachByItself");
        BucketTally tally = new BucketTally();
        double[] values = new double[300];
        for (int form = 0; form < RandomTicks.FORMS; form++) {
            for (int round = 0; round < 100; round++) {
                SketchRange range = round < 50 ? RANGE : random.range();
                Sketch atOnce = random.form(form, range);
                Sketch each = atOnce.copy();
                int size = random.below(3) * random.below(101);
                long width = 1 + random.ticks(range);
                for (int i = 0; i < size; i++) {
                    values[i] = (random.below(20) == 0 ? random.ticks(range) : random.ticks(range) % width)
                            * (random.below(50) == 0 ? 1e3 : 0.25)
                            / range.ticksPerUnit();
                    each.record(values[i]);
                }
                atOnce.record(values, size, tally);
                assertThat(counts(atOnce)).isEqualTo(counts(each));
                assertThat(atOnce.encode()).isEqualTo(each.encode());
                assertThat(atOnce.count()).isEqualTo(each.count());
                assertThat(atOnce.clamped()).isEqualTo(each.clamped());
            }
        }
    }

    @Test
    void manyValuesAtOnceTakeTheFormThatTheyWouldTakeOneByOne() {
        for (int last = 4 * BucketCounts.DENSE_FROM - 2; last <= 4 * BucketCounts.DENSE_FROM; last++) {
            double[] values = new double[BucketCounts.DENSE_FROM];
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
            values[values.length - 1] = last;
            Sketch atOnce = new Sketch(RANGE);
            atOnce.record(values, values.length, new BucketTally());
            assertThat(atOnce.lengthOfCounts() > 0).isEqualTo(last < 4 * BucketCounts.DENSE_FROM);
            assertThat(atOnce.occupied()).isEqualTo(BucketCounts.DENSE_FROM);
        }
    }

    @Test
    void badOneOfManyValuesIsRefusedAndNoneIsCounted() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Sketch sketch = entries(3, 10);
            byte[] before = sketch.encode();
            BucketTally tally = new BucketTally();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sketch.record(new double[] {1, bad, 2}, 3, tally))
                    .withMessage("value is " + bad + ", must be finite and >= 0 (sketch)");
            assertThat(sketch.encode()).isEqualTo(before);
            sketch.record(new double[] {5}, 1, tally);
            assertThat(sketch.count()).isEqualTo(4);
        }
    }

    @Test
    void anyMixOfCallsEqualsASortedMap() {
        RandomTicks random = new RandomTicks("anyMixOfCallsEqualsASortedMap");
        for (int round = 0; round < 300; round++) {
            SketchRange range = random.range();
            Sketch sketch = new Sketch(range);
            Map<Integer, Long> map = new TreeMap<>();
            for (int step = random.below(30); step > 0; step--) {
                if (random.below(12) == 0) {
                    sketch.reset();
                    map.clear();
                } else if (random.below(3) == 0) {
                    Sketch other = random.anyForm(range);
                    sketch.merge(other);
                    counts(other).forEach((index, count) -> map.merge(index, count, Long::sum));
                } else {
                    Sketch other = random.anyForm(range);
                    BucketLayout layout = BucketLayout.of(range);
                    counts(other).forEach((index, count) -> {
                        sketch.recordTicks(layout.lowest(index), count);
                        map.merge(index, count, Long::sum);
                    });
                }
                assertThat(counts(sketch)).isEqualTo(map);
                assertThat(sketch.count())
                        .isEqualTo(
                                map.values().stream().mapToLong(Long::longValue).sum());
            }
        }
    }

    @Test
    void everyPairOfFormsMergesTheSameInBothOrders() {
        RandomTicks random = new RandomTicks("everyPairOfFormsMergesTheSameInBothOrders");
        for (int left = 0; left < RandomTicks.FORMS; left++) {
            for (int right = 0; right < RandomTicks.FORMS; right++) {
                for (int round = 0; round < 20; round++) {
                    Sketch a = random.form(left, RANGE);
                    Sketch b = random.form(right, RANGE);
                    Sketch ab = a.copy();
                    ab.merge(b);
                    Sketch ba = b.copy();
                    ba.merge(a);
                    assertThat(counts(ab)).isEqualTo(counts(ba));
                    assertThat(ab.count()).isEqualTo(a.count() + b.count());
                    assertThat(ab.encode()).isEqualTo(ba.encode());
                }
            }
        }
    }

    @Test
    void resetKeepsArraysThatWereUsedAndHalvesTheOthers() {
        Sketch sketch = entries(1_000, 1_000);
        int bytes = sketch.arrayBytes();
        sketch.reset();
        assertThat(sketch.arrayBytes()).isEqualTo(bytes);
        assertThat(sketch.isEmpty()).isTrue();
        assertThat(counts(sketch)).isEmpty();
        for (int life = 0; life < 10; life++) {
            sketch.recordTicks(5, 1);
            sketch.reset();
        }
        assertThat(sketch.arrayBytes()).isLessThanOrEqualTo(Integer.BYTES * BucketCounts.ALWAYS_KEPT);
    }

    @Test
    void resetDropsLongCountsThatTheLifeBeforeDidNotNeed() {
        Sketch sketch = entries(100, 100);
        int bytes = sketch.arrayBytes();
        sketch.recordTicks(1, 1L << 40);
        sketch.reset();
        assertThat(sketch.arrayBytes()).isGreaterThan(bytes);
        sketch.merge(entries(100, 100));
        sketch.reset();
        assertThat(sketch.arrayBytes()).isLessThanOrEqualTo(bytes);
    }

    private static boolean isArray(int buckets, int slots) {
        return entries(buckets, slots).lengthOfCounts() > 0;
    }

    /** So many buckets with a count of 1, spread over so many slots, all of them where ticks have an index of their own. */
    private static Sketch entries(int buckets, int slots) {
        Sketch sketch = new Sketch(RANGE);
        for (int i = 0; i < buckets - 1; i++) {
            sketch.recordTicks(i < EXACT ? i : BucketLayout.of(RANGE).lowest(i), 1);
        }
        sketch.recordTicks(BucketLayout.of(RANGE).lowest(slots - 1), 1);
        return sketch;
    }

    static Map<Integer, Long> counts(Sketch sketch) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int slot = 0; slot < sketch.slots(); slot++) {
            if (sketch.countAt(slot) != 0) {
                counts.put(sketch.indexAt(slot), sketch.countAt(slot));
            }
        }
        return counts;
    }
}
