package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.wire.ByteOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MalformedSketchTest {
    private static final int PAYLOAD_LENGTH_OFFSET = 4;
    private static final int FLIPS = 20_000;

    private final RandomTicks random = new RandomTicks("MalformedSketchTest");
    private final Sketch sketch = random.sketch(SketchRange.of("wait_seconds", null), 60);

    @Test
    void bytesTruncatedAnywhereAreRefused() {
        byte[] bytes = sketch.encode();
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer truncated = ByteBuffer.wrap(bytes, 0, length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sketch.decode(truncated))
                    .withMessageStartingWith("sketch is malformed: ");
            assertThat(truncated.position()).isZero();
        }
    }

    @Test
    void flippedBitsAreRefusedOrMakeAnotherValidSketch() {
        byte[] bytes = sketch.encode();
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.below(flipped.length)] ^= (byte) (1 << random.below(8));
            try {
                Sketch decoded = Sketch.decode(ByteBuffer.wrap(flipped));
                assertThat(Sketch.decode(ByteBuffer.wrap(decoded.encode())).encode())
                        .isEqualTo(decoded.encode());
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageStartingWith("sketch is malformed: ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void randomBytesBehindAHeaderNeverFailOtherwise() {
        byte[] header = new Sketch(new SketchRange(1, Long.MAX_VALUE, 5)).encode();
        for (int i = 0; i < FLIPS; i++) {
            byte[] bytes = Arrays.copyOf(header, 40 + random.below(30));
            for (int b = 40; b < bytes.length; b++) {
                bytes[b] = (byte) random.below(256);
            }
            ByteBuffer.wrap(bytes).putInt(PAYLOAD_LENGTH_OFFSET, bytes.length - 40);
            try {
                assertThat(Sketch.decode(ByteBuffer.wrap(bytes)).count()).isNotNegative();
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageStartingWith("sketch is malformed: ");
            }
        }
    }

    @Test
    void eachFaultyHeaderFieldIsNamed() {
        assertRefused(0, 0x1c849314, "cookie is 478450452, must be 478450451");
        assertRefused(4, -1, "payload length is -1");
        assertRefused(8, 3, "normalizing index offset is 3, must be 0");
        assertRefused(12, 9, "digits is 9, must be 1 to 5");
        assertRefused(20, 1000, "lowest discernible value is 1000, must be 1");
        assertRefused(24, -1, "highestTicks is ");
        assertRefused(32, 0x7ff80000, "ticksPerUnit is NaN");
    }

    @Test
    void countsAboveTheRangeAreRefused() {
        assertPayloadRefused("bucket index is ", Long.MIN_VALUE);
        assertPayloadRefused("bucket index is 256, must be < 256", -256, 1);
        assertPayloadRefused("sum of counts is above 2^63 - 1", Long.MAX_VALUE, 1);
    }

    @Test
    void severalSketchesAreReadOneAfterTheOther() {
        byte[] bytes = sketch.encode();
        ByteBuffer two =
                ByteBuffer.allocate(2 * bytes.length).put(bytes).put(bytes).flip();
        assertThat(Sketch.decode(two).encode()).isEqualTo(bytes);
        assertThat(Sketch.decode(two.order(ByteOrder.LITTLE_ENDIAN)).encode()).isEqualTo(bytes);
        assertThat(two.hasRemaining()).isFalse();
    }

    private void assertRefused(int offset, int value, String message) {
        ByteBuffer bytes = ByteBuffer.wrap(sketch.encode()).putInt(offset, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sketch.decode(bytes))
                .withMessageStartingWith("sketch is malformed: " + message);
    }

    private static void assertPayloadRefused(String message, long... counts) {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.put(new Sketch(new SketchRange(1, 255, 2)).encode(), 0, 40);
        ByteOutput payload = new ByteOutput(10);
        for (long count : counts) {
            ZigZag.put(payload, count);
        }
        bytes.put(payload.toByteArray());
        bytes.putInt(PAYLOAD_LENGTH_OFFSET, bytes.position() - 40).flip();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sketch.decode(bytes))
                .withMessageStartingWith("sketch is malformed: " + message);
    }
}
