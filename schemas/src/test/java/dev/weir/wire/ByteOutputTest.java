package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ByteOutputTest {
    @Test
    void bytesWrittenIntoTheRoomCountOnceThatIsSaid() {
        ByteOutput out = new ByteOutput(1);
        out.putByte(7);
        byte[] room = out.room(3);
        room[1] = 8;
        room[2] = 9;
        assertThat(out.toByteArray()).containsExactly(7);
        out.wrote(3);
        assertThat(out.toByteArray()).containsExactly(7, 8, 9);
        out.wrote(3);
        assertThat(out.size()).isEqualTo(3);
    }

    @Test
    void endOutsideOfTheRoomIsRefused() {
        ByteOutput out = new ByteOutput(4);
        out.putInt(1);
        for (int end : new int[] {3, 5}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> out.wrote(end))
                    .withMessage("end is " + end + ", must be 4 to 4");
        }
    }
}
