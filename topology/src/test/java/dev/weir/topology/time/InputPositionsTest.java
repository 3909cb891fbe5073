package dev.weir.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class InputPositionsTest {
    private final InputPositions positions = new InputPositions();
    private final PolledPositions polled = new PolledPositions(positions, 0);

    @Test
    void nothingIsKnownOfAPartitionThatIsNotRead() {
        assertThat(positions.readToEnd(0, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void isReadToEndOnceTheLastDeliveredRecordIsProcessed() {
        polled.upTo(5, 0);
        assertThat(positions.readToEnd(0, 4)).isFalse();
        assertThat(positions.readToEnd(0, 5)).isTrue();
    }

    @Test
    void emptyPollKeepsWhatWasDelivered() {
        polled.upTo(5, 3);
        polled.empty(0);
        assertThat(positions.readToEnd(0, 4)).isFalse();
        assertThat(positions.readToEnd(0, 5)).isTrue();
    }

    @Test
    void lagIsNotTheEnd() {
        polled.upTo(5, 1);
        assertThat(positions.readToEnd(0, 5)).isFalse();
    }

    @Test
    void unknownLagIsNotTheEnd() {
        positions.polled(0, OptionalLong.of(5), OptionalLong.empty());
        assertThat(positions.readToEnd(0, 5)).isFalse();
    }

    @Test
    void revokedPartitionIsForgotten() {
        polled.upTo(5, 0);
        positions.revoked(0);
        assertThat(positions.readToEnd(0, 5)).isFalse();
    }

    @Test
    void newTaskIsNotHeldToWhatWasDeliveredToTheOneBefore() {
        polled.upTo(5, 0);
        positions.restarted(0);
        assertThat(positions.readToEnd(0, -1)).isFalse();
        polled.empty(0);
        assertThat(positions.readToEnd(0, -1)).isTrue();
    }

    @Test
    void partitionsDoNotTouchEachOther() {
        polled.upTo(5, 0);
        new PolledPositions(positions, 1).upTo(9, 4);
        assertThat(positions.readToEnd(0, 5)).isTrue();
        assertThat(positions.readToEnd(1, 9)).isFalse();
    }
}
