package dev.weir.topology.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SuccessorsTest {
    private static final class Thing extends Successors.Link<Thing> {}

    private final Successors<Thing> order = new Successors<>();
    private final Thing first = new Thing();
    private final Thing second = new Thing();
    private final Thing third = new Thing();

    @Test
    void likelyIsWhatCameTwice() {
        come(first, second, first);
        assertThat(order.likely()).isNull();
        come(second, first);
        assertThat(order.likely()).isSameAs(second);
        come(third, first);
        assertThat(order.likely()).as("another came the last time").isNull();
    }

    @Test
    void guessThatWasRightGoesOn() {
        come(first, second, third, first, second, third, first);
        order.came(second);
        assertThat(order.likely()).isSameAs(third);
    }

    @Test
    void afterAnUnknownOneNothingIsLikely() {
        come(first, second, first, second, first);
        come((Thing) null);
        assertThat(order.likely()).isNull();
        come(first);
        assertThat(order.likely()).isSameAs(second);
    }

    @Test
    void nothingIsLikelyBehindOneThatIsGone() {
        come(first, second, first, second, first);
        order.remove(first);
        assertThat(order.likely()).isNull();
        assertThat(first.likelyNext()).isNull();
    }

    private void come(@Nullable Thing... things) {
        for (Thing thing : things) {
            order.cameInstead(thing);
        }
    }
}
