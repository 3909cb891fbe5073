package dev.weir.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlertQueueTest {
    private final AlertQueue queue = new AlertQueue(5);

    @Test
    void oldestComesFirstAndNoMoreThanAskedFor() throws InterruptedException {
        assertThat(queue.add(alerts(0, 5))).isZero();
        assertThat(queue.take(3)).isEqualTo(alerts(0, 3));
        assertThat(queue.take(3)).isEqualTo(alerts(3, 5));
        assertThat(queue.size()).isZero();
    }

    @Test
    void fullQueueDropsTheOldestAndSaysHowMany() throws InterruptedException {
        queue.add(alerts(0, 4));
        assertThat(queue.add(alerts(4, 7))).isEqualTo(2);
        assertThat(queue.take(9)).isEqualTo(alerts(2, 7));
    }

    @Test
    void moreThanTheQueueHoldsLosesItsFirst() throws InterruptedException {
        queue.add(alerts(0, 1));
        assertThat(queue.add(alerts(1, 9))).isEqualTo(4);
        assertThat(queue.take(9)).isEqualTo(alerts(4, 9));
    }

    private static List<PostedAlert> alerts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new PostedAlert(Map.of("number", "" + number), Map.of(), "", "", null))
                .toList();
    }
}
