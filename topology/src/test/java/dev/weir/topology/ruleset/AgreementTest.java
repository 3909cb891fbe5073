package dev.weir.topology.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.topology.ruleset.Agreement.Agreed;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.Watermark;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class AgreementTest {
    private final KeyValueStore<String, Long> store = new MemoryStores().clock("clock");
    private Agreement agreement = new Agreement(store);

    @Test
    void allMustSpeakAndFollowTheSameSet() {
        assertThat(agreement.agreed()).isEmpty();
        hear(0, 7, 100);
        assertThat(agreement.followed(100)).isEmpty();
        assertThat(agreement.agreed()).isEmpty();
        hear(1, 8, 200);
        assertThat(agreement.agreed()).isEmpty();
        hear(1, 7, 300);
        assertThat(agreement.agreed()).contains(new Agreed(7, 300));
    }

    @Test
    void setsAreInForceOneAfterTheOther() {
        hear(0, 7, Announcement.ALWAYS);
        hear(1, 7, Announcement.ALWAYS);
        hear(0, 8, 500);
        assertThat(agreement.inForce(0)).hasValue(7);
        assertThat(agreement.nextChangeMs(0)).isEqualTo(500);
        assertThat(agreement.inForce(500)).isEmpty();
        assertThat(agreement.followed(500)).containsExactly(7L, 8L);
        assertThat(agreement.followed(Announcement.ALWAYS + 1)).containsExactly(7L);
        hear(1, 8, 500);
        hear(0, 7, 900);
        assertThat(agreement.inForce(500)).hasValue(8);
        assertThat(agreement.nextChangeMs(500)).isEqualTo(900);
        assertThat(agreement.inForce(900)).isEmpty();
        assertThat(agreement.agreed()).isEmpty();
        agreement.forgetBefore(500);
        agreement = new Agreement(store);
        hear(1, 7, 1_000);
        assertThat(agreement.nextChangeMs(Announcement.ALWAYS)).isEqualTo(500);
        assertThat(agreement.inForce(1_000)).hasValue(7);
        assertThat(agreement.nextChangeMs(1_000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void restartForgetsNothing() {
        hear(0, -7, Announcement.ALWAYS);
        hear(1, -7, 300);
        agreement = new Agreement(store);
        assertThat(agreement.isHeard()).isFalse();
        hear(1, -7, 300);
        assertThat(agreement.isHeard()).isTrue();
        assertThat(agreement.agreed()).contains(new Agreed(-7, 300));
    }

    private void hear(int upstream, long rules, long fromMs) {
        agreement.hear(new Watermark(upstream, 2, 0, false, 0), new Announcement(rules, fromMs));
    }
}
