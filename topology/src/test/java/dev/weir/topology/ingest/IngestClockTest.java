package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.clock.ManualClock;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.PolledPositions;
import dev.weir.topology.time.TimeSettings;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class IngestClockTest {
    private static final int PARTITION = 1;
    private static final int PARTITIONS = 3;
    private static final long WALL = 1_700_000_000_000L;
    private static final long EVENT = WALL - 5_000;
    private static final TimeSettings TIME = new TimeSettings(
            Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ZERO);

    private final ManualClock wall = new ManualClock(Instant.ofEpochMilli(WALL));
    private final InputPositions positions = new InputPositions();
    private final PolledPositions polled = new PolledPositions(positions, PARTITION);
    private final KeyValueStore<String, Long> store = new MemoryStores().clock(IngestClock.STORE);
    private final List<Watermark> said = new ArrayList<>();
    private boolean failing;
    private IngestClock clock = start();

    @Test
    void saysAtItsFirstCommitThatNoEventHasComeYet() {
        tick(0);
        assertThat(said).containsExactly(active(Watermark.UNKNOWN, WALL));
    }

    @Test
    void saysOnceACommitHowFarEventsHaveCome() {
        clock.event(EVENT);
        clock.event(EVENT + 10);
        clock.event(EVENT + 5);
        assertThat(said).isEmpty();
        commit();
        assertThat(said).containsExactly(active(EVENT + 10 - 2_000, WALL));
        clock.event(EVENT + 11);
        tick(1_000);
        assertThat(said).hasSize(2).last().isEqualTo(active(EVENT + 11 - 2_000, WALL + 1_000));
    }

    @Test
    void saysNothingBetweenCommits() {
        clock.event(EVENT);
        clock.tick(WALL + 1_000);
        assertThat(said).isEmpty();
    }

    @Test
    void saysNothingWhileNothingMoves() {
        clock.event(EVENT);
        tick(0);
        int before = said.size();
        clock.event(EVENT - 1);
        tick(1_000);
        assertThat(said).hasSize(before);
    }

    @Test
    void isIdleOnceReadToItsEndAndSilentForTheIdleTime() {
        hear(7, EVENT);
        polled.upTo(7, 0);
        commit();
        tick(14_999);
        assertThat(said).last().isEqualTo(active(EVENT - 2_000, WALL));
        tick(1);
        assertThat(said).last().isEqualTo(idle(EVENT - 2_000, WALL + 15_000));
    }

    @Test
    void repeatsItselfWithTheWallClockWhileIdle() {
        hear(7, EVENT);
        polled.upTo(7, 0);
        tick(15_000);
        tick(1_000);
        assertThat(said).last().isEqualTo(idle(EVENT - 2_000, WALL + 16_000));
    }

    @Test
    void lagIsNeverIdleness() {
        hear(7, EVENT);
        polled.upTo(7, 1);
        tick(3_600_000);
        assertThat(said).allMatch(one -> !one.idle());
    }

    @Test
    void deliveredButUnprocessedRecordsAreNotSilence() {
        hear(7, EVENT);
        polled.upTo(9, 0);
        tick(3_600_000);
        assertThat(said).allMatch(one -> !one.idle());
        clock.processed(9);
        tick(1_000);
        assertThat(said).last().matches(Watermark::idle);
    }

    @Test
    void partitionThatNeverHadAnEventBecomesIdle() {
        polled.empty(0);
        tick(15_000);
        assertThat(said).last().isEqualTo(idle(Watermark.UNKNOWN, WALL + 15_000));
    }

    @Test
    void rejectedRecordsDoNotKeepItFromBeingIdle() {
        for (int second = 1; second <= 15; second++) {
            polled.upTo(second, 0);
            clock.processed(second);
            tick(1_000);
        }
        assertThat(said).last().matches(Watermark::idle);
    }

    @Test
    void eventAfterSilenceSpeaksWithTheNextCommit() {
        hear(7, EVENT);
        polled.upTo(7, 0);
        tick(15_000);
        clock.now();
        clock.event(EVENT - 500);
        commit();
        assertThat(said).last().isEqualTo(active(EVENT - 2_000, WALL + 15_000));
    }

    @Test
    void endOfIdlenessWithoutAnEventIsSaidToo() {
        hear(7, EVENT);
        polled.upTo(7, 0);
        tick(15_000);
        polled.upTo(8, 0);
        tick(1_000);
        assertThat(said).last().isEqualTo(active(EVENT - 2_000, WALL + 16_000));
    }

    @Test
    void paneIsLateOnceTheWatermarkHasPassedItsEnd() {
        assertThat(clock.isLate(0)).isFalse();
        clock.event(EVENT);
        assertThat(clock.isLate(EVENT - 2_000)).isTrue();
        assertThat(clock.isLate(EVENT - 1_999)).isFalse();
    }

    @Test
    void watermarkThatCouldNotBeSentIsSaidAgain() {
        clock.event(EVENT);
        failing = true;
        assertThatThrownBy(clock::emit).isInstanceOf(IllegalStateException.class);
        failing = false;
        commit();
        assertThat(said).containsExactly(active(EVENT - 2_000, WALL));
    }

    @Test
    void uncommittedEventsAreForgottenByARestart() {
        clock.event(EVENT);
        commit();
        clock.event(EVENT + 5_000);
        said.clear();
        clock = start();
        commit();
        assertThat(said).containsExactly(active(EVENT - 2_000, WALL));
    }

    @Test
    void eventIsTooLateOnlyBehindLatenessAndRetention() {
        assertThatCode(() -> clock.checkNotTooLate(0)).doesNotThrowAnyException();
        clock.event(EVENT);
        long oldest = EVENT - 2_000 - 3_600_000;
        assertThatCode(() -> clock.checkNotTooLate(oldest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> clock.checkNotTooLate(oldest - 1))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageEndingWith("(time.late-retention)");
    }

    @Test
    void restartKeepsTheGreatestEventTimeAndSaysItAgain() {
        clock.event(EVENT);
        tick(0);
        said.clear();
        clock = start();
        clock.event(EVENT - 100);
        tick(1_000);
        assertThat(said).containsExactly(active(EVENT - 2_000, WALL + 1_000));
    }

    @Test
    void restartWithNothingLeftToReadBecomesIdle() {
        hear(7, EVENT);
        polled.upTo(7, 0);
        tick(0);
        clock = start();
        polled.empty(0);
        tick(15_000);
        assertThat(said).last().isEqualTo(idle(EVENT - 2_000, WALL + 15_000));
    }

    private IngestClock start() {
        return new IngestClock(PARTITION, TestSettings.of(PARTITIONS, TIME, positions, wall), store, (time, at) -> {
            if (failing) {
                throw new IllegalStateException("no broker");
            }
            assertThat(at.toEpochMilli()).isEqualTo(time.watermark().saidAtMs());
            said.add(time.watermark());
        });
    }

    private void hear(long offset, long eventMs) {
        clock.event(eventMs);
        clock.processed(offset);
    }

    private void tick(long afterMs) {
        clock.tick(wall.advance(Duration.ofMillis(afterMs)).toEpochMilli());
        commit();
    }

    private void commit() {
        clock.emit();
    }

    private static Watermark active(long timeMs, long saidAtMs) {
        return new Watermark(PARTITION, PARTITIONS, timeMs, false, saidAtMs);
    }

    private static Watermark idle(long timeMs, long saidAtMs) {
        return new Watermark(PARTITION, PARTITIONS, timeMs, true, saidAtMs);
    }
}
