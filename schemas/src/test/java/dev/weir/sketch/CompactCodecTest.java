package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import org.junit.jupiter.api.Test;

final class CompactCodecTest {
    private static final SketchRange RANGE = new SketchRange(1, 3_600_000_000L, 2);

    @Test
    void mergingTheBytesEqualsMergingTheSketchInEveryPairOfForms() {
        RandomTicks random = new RandomTicks("mergingTheBytesEqualsMergingTheSketchInEveryPairOfForms");
        for (int left = 0; left < RandomTicks.FORMS; left++) {
            for (int right = 0; right < RandomTicks.FORMS; right++) {
                for (int round = 0; round < 20; round++) {
                    SketchRange range = round < 10 ? RANGE : random.range();
                    Sketch target = random.form(left, range);
                    Sketch other = random.form(right, range);
                    other.recordTicks(Long.MAX_VALUE, random.below(2));
                    Sketch expected = target.copy();
                    expected.merge(other);
                    ByteInput in = new ByteInput().wrap(bytes(other));
                    assertThat(target.mergeFrom(in, range)).isEqualTo(other.count());
                    assertThat(in.remaining()).isZero();
                    assertThat(target.encode()).isEqualTo(expected.encode());
                    assertThat(target.count()).isEqualTo(expected.count());
                    assertThat(target.clamped()).isEqualTo(expected.clamped());
                }
            }
        }
    }

    @Test
    void singleValuesOfNeighbouringBucketsTakeOneByteEach() {
        Sketch sketch = new Sketch(RANGE);
        for (int tick = 0; tick < 100; tick += 2) {
            sketch.recordTicks(tick, 1);
        }
        assertThat(bytes(sketch)).hasSize(3 + 50);
    }

    @Test
    void arrayIsWrittenLikeEntriesAlsoWhereIntegersGrowLonger() {
        for (int gap = 62; gap <= 66; gap++) {
            for (int count = 126; count <= 132; count++) {
                Sketch array = new Sketch(RANGE);
                for (int tick = 100; tick < 200; tick++) {
                    array.recordTicks(tick, 1 + tick % 3);
                }
                array.recordTicks(199 + gap, count);
                assertThat(array.lengthOfCounts()).isPositive();
                Sketch entries = new Sketch(RANGE);
                entries.recordTicks(3_000_000_000L, 1);
                entries.merge(array);
                assertThat(entries.lengthOfCounts()).isZero();
                array.recordTicks(3_000_000_000L, 1);
                Sketch read = new Sketch(RANGE);
                read.mergeFrom(new ByteInput().wrap(bytes(entries)), RANGE);
                assertThat(read.encode()).isEqualTo(array.encode());
                assertThat(bytes(array)).isEqualTo(bytes(entries));
            }
        }
    }

    @Test
    void faultsAreNamedAndLeaveAConsistentSketch() {
        assertRefused("count is -1 with 0 clamped", -1, 0);
        assertRefused("count is 3 with 4 clamped", 3, 4, 1, 0);
        assertRefused("count is 3 with -4 clamped", 3, -4, 1, 0);
        assertRefused("buckets are 0, must be 1 to the 1 bytes that follow", 3, 0, 0, 0);
        assertRefused("buckets are 2, must be 1 to the 1 bytes that follow", 3, 0, 2, 0);
        assertRefused("bucket 3328 has the count 1, must be below 3328", 3, 0, 1, 2 * 3328);
        assertRefused("bucket 9223372036854775807 has the count 1", 3, 0, 1, -2);
        assertRefused("bucket -9223372036854775808 has the count 1", 3, 0, 2, 0, -2);
        assertRefused("bucket 0 has the count 4, must be below 3328 with a count of 1 to 3", 3, 0, 1, 1, 2);
        assertRefused("bucket 0 has the count -", 3, 0, 1, 1, Long.MAX_VALUE);
        assertRefused("bucket 1 has the count 2, must be below 3328 with a count of 1 to 1", 2, 0, 2, 0, 1, 0);
        assertRefused("counts add up to 2, must be 3", 3, 0, 2, 0, 0);
        assertRefused("bytes end at ", 3, 0, 1, 1);
    }

    @Test
    void countThatWouldOverflowIsRefusedAndNothingAdded() {
        Sketch sketch = new Sketch(RANGE);
        sketch.recordTicks(1, Long.MAX_VALUE);
        ByteInput in = new ByteInput().wrap(bytes(sketch));
        byte[] before = sketch.encode();
        assertThatThrownBy(() -> sketch.mergeFrom(in, RANGE)).isInstanceOf(ArithmeticException.class);
        assertThat(sketch.encode()).isEqualTo(before);
        assertThat(sketch.count()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertRefused(String message, long... integers) {
        ByteOutput out = new ByteOutput(16);
        for (long integer : integers) {
            out.putVarLong(integer);
        }
        RandomTicks random = new RandomTicks(message);
        for (int form = 0; form < RandomTicks.FORMS; form++) {
            Sketch sketch = random.form(form, RANGE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sketch.mergeFrom(new ByteInput().wrap(out.toByteArray()), RANGE))
                    .withMessageStartingWith(message);
            assertThat(BucketFormsTest.counts(sketch).values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(sketch.count());
        }
    }

    private static byte[] bytes(Sketch sketch) {
        ByteOutput out = new ByteOutput(16);
        sketch.writeTo(out);
        return out.toByteArray();
    }
}
