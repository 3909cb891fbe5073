package dev.weir.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.BucketTally;
import dev.weir.sketch.SketchRange;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AggregateBytesTest {
    private static final double[] SMALL = {-0.0, 0.0, 1, 2};
    private static final SketchRange SECONDS = SketchRange.of("request_seconds", null);
    private static final SketchRange NANOSECONDS = SketchRange.between(1e-9, 100, 3);
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int ROUNDS = 300;
    private static final int FLIPS = 20_000;

    private final long seed = Long.getLong("weir.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    AggregateBytesTest() {
        System.out.println("AggregateBytesTest: -Dweir.test.seed=" + seed);
    }

    @ParameterizedTest
    @EnumSource
    void mergingTheBytesEqualsMergingTheAggregate(MetricKind kind) {
        for (int round = 0; round < ROUNDS; round++) {
            SketchRange range = random.nextBoolean() ? SECONDS : NANOSECONDS;
            Aggregate left = aggregate(kind, range);
            Aggregate right = aggregate(kind, range);
            Aggregate merged = Aggregate.decode(ByteBuffer.wrap(left.encode()));
            merged.merge(right);
            ByteInput in = new ByteInput().wrap(right.encode());
            left.mergeFrom(in);
            assertThat(in.remaining()).isZero();
            assertSame(left, merged);
        }
    }

    @Test
    void observationsMovedTogetherEqualEachRecorded() {
        Observations observations = new Observations(new BucketTally());
        for (int round = 0; round < ROUNDS; round++) {
            SketchRange range = random.nextBoolean() ? SECONDS : NANOSECONDS;
            Aggregate together = aggregate(MetricKind.OBSERVATION, range);
            Aggregate each = Aggregate.decode(ByteBuffer.wrap(together.encode()));
            int size = random.nextInt(Observations.CAPACITY + 1);
            for (int i = 0; i < size; i++) {
                assertThat(observations.isFull()).isFalse();
                double value = random.nextInt(8) == 0
                        ? SMALL[random.nextInt(SMALL.length)]
                        : Math.exp(random.nextGaussian() * 3);
                Outcome outcome = random.nextBoolean() ? null : OUTCOMES[random.nextInt(OUTCOMES.length)];
                observations.add(value, outcome);
                each.record(random.nextLong(), value, outcome);
            }
            assertThat(observations.isFull()).isEqualTo(size == Observations.CAPACITY);
            observations.moveTo(together);
            assertThat(observations.size()).isZero();
            assertSame(together, each);
        }
    }

    @Test
    void badObservationIsRefusedWithAllThatWouldMoveWithIt() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Observations observations = new Observations(new BucketTally());
            observations.add(1, null);
            observations.add(bad, Outcome.ERROR);
            Aggregate aggregate = new Aggregate(MetricKind.OBSERVATION, SECONDS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> observations.moveTo(aggregate))
                    .withMessage("value is " + bad + ", must be finite and >= 0 (sketch)");
            assertSame(aggregate, new Aggregate(MetricKind.OBSERVATION, SECONDS));
        }
        Observations observations = new Observations(new BucketTally());
        observations.add(1, null);
        assertThatIllegalStateException()
                .isThrownBy(() -> observations.moveTo(new Aggregate(MetricKind.COUNT, SECONDS)))
                .withMessage("kind is COUNT, must be OBSERVATION");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadEqualsWhatWasWritten(MetricKind kind) {
        for (int round = 0; round < ROUNDS; round++) {
            Aggregate written = aggregate(kind, random.nextBoolean() ? SECONDS : NANOSECONDS);
            Aggregate read = Aggregate.decode(ByteBuffer.wrap(written.encode()));
            assertThat(read.kind()).isEqualTo(kind);
            assertSame(read, written);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalAggregatesAreReadOneAfterTheOther(MetricKind kind) {
        ByteOutput out = new ByteOutput(1);
        Aggregate[] written = new Aggregate[20];
        for (int i = 0; i < written.length; i++) {
            written[i] = aggregate(kind, SECONDS);
            written[i].writeTo(out);
        }
        ByteInput in = new ByteInput().wrap(out.array(), 0, out.size());
        for (Aggregate each : written) {
            assertSame(Aggregate.read(in), each);
        }
        assertThat(in.remaining()).isZero();
    }

    @Test
    void bytesOfAnotherRangeMergeAsTheAggregateDoes() {
        for (int round = 0; round < ROUNDS; round++) {
            Aggregate seconds = aggregate(MetricKind.OBSERVATION, SECONDS);
            Aggregate nanoseconds = aggregate(MetricKind.OBSERVATION, NANOSECONDS);
            Aggregate merged = Aggregate.decode(ByteBuffer.wrap(seconds.encode()));
            merged.merge(nanoseconds);
            seconds.mergeFrom(new ByteInput().wrap(nanoseconds.encode()));
            assertSame(seconds, merged);
        }
    }

    @Test
    void bytesOfAnotherKindAreRefusedAndNothingIsAdded() {
        Aggregate count = new Aggregate(MetricKind.COUNT, SECONDS);
        byte[] gauge = aggregate(MetricKind.GAUGE, SECONDS).encode();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> count.mergeFrom(new ByteInput().wrap(gauge)))
                .withMessage("kind is GAUGE, must be COUNT to merge");
        assertThat(count.count()).isZero();
    }

    @Test
    void smallAggregatesTakeFewBytes() {
        Aggregate count = new Aggregate(MetricKind.COUNT, SECONDS);
        assertThat(count.encode()).hasSize(3);
        for (int i = 0; i < 100; i++) {
            count.record(i, 1, Outcome.SUCCESS);
        }
        assertThat(count.encode()).hasSize(13);
        Aggregate observation = new Aggregate(MetricKind.OBSERVATION, SECONDS);
        observation.record(0, 0.012345, null);
        assertThat(observation.encode()).hasSizeLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource
    void bytesCutAnywhereAreRefused(MetricKind kind) {
        byte[] bytes = filled(kind).encode();
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Aggregate.decode(cut))
                    .withMessageStartingWith("aggregate is malformed: ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Aggregate.decode(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                .withMessage("aggregate is malformed: 1 bytes follow its " + bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void flippedBitsAreRefusedOrMakeAnotherValidAggregate(MetricKind kind) {
        byte[] bytes = filled(kind).encode();
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = bytes.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                Aggregate read = Aggregate.decode(ByteBuffer.wrap(flipped));
                assertThat(kind != MetricKind.GAUGE && Double.isNaN(read.sum())).isFalse();
                assertThat(Aggregate.decode(ByteBuffer.wrap(read.encode())).encode())
                        .isEqualTo(read.encode());
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageStartingWith("aggregate is malformed: ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void bytesOfTheFormerFormatAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Aggregate.decode(ByteBuffer.wrap(new byte[] {1, 0, 5, 'C', 'O', 'U', 'N', 'T'})))
                .withMessage("aggregate is malformed: format is 0, must be 3");
    }

    private Aggregate filled(MetricKind kind) {
        Aggregate aggregate = new Aggregate(kind, NANOSECONDS);
        for (int i = 0; i < 40; i++) {
            aggregate.record(i * 1000L + random.nextInt(2_000), value(), outcome());
        }
        return aggregate;
    }

    private Aggregate aggregate(MetricKind kind, SketchRange range) {
        Aggregate aggregate = new Aggregate(kind, range);
        int events = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(200);
        boolean whole = random.nextBoolean();
        for (int i = 0; i < events; i++) {
            double value = whole ? random.nextInt(50) : value();
            double sign = kind == MetricKind.GAUGE && random.nextBoolean() ? -1 : 1;
            aggregate.record(random.nextInt(20_000) - 5_000L, sign * value, outcome());
        }
        return aggregate;
    }

    private double value() {
        return random.nextInt(50) == 0 ? 1e5 * random.nextDouble() : Math.exp(random.nextGaussian() - 4);
    }

    private @Nullable Outcome outcome() {
        return switch (random.nextInt(5)) {
            case 0 -> Outcome.SUCCESS;
            case 1 -> Outcome.ERROR;
            case 2 -> Outcome.HIT;
            case 3 -> Outcome.MISS;
            default -> null;
        };
    }

    private static void assertSame(Aggregate one, Aggregate two) {
        assertThat(one.encode()).isEqualTo(two.encode());
        assertThat(one.count()).isEqualTo(two.count());
        assertThat(one.sum()).isEqualTo(two.sum());
        assertThat(one.min()).isEqualTo(two.min());
        assertThat(one.max()).isEqualTo(two.max());
        assertThat(one.last()).isEqualTo(two.last());
        assertThat(one.lastTimestampMs()).isEqualTo(two.lastTimestampMs());
        assertThat(one.points()).isEqualTo(two.points());
        for (Outcome outcome : Outcome.values()) {
            assertThat(one.outcome(outcome)).isEqualTo(two.outcome(outcome));
        }
        if (one.sketch() != null && two.sketch() != null) {
            assertThat(one.sketch().encode()).isEqualTo(two.sketch().encode());
            assertThat(one.sketch().count()).isEqualTo(two.sketch().count());
            assertThat(one.sketch().clamped()).isEqualTo(two.sketch().clamped());
        }
    }
}
