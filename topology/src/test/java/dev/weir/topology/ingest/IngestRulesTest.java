package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.ReadSeries;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.InputPositions;
import dev.weir.topology.time.TimeSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class IngestRulesTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_000 * MINUTE + 1;
    private static final Series OLD = series("old");
    private static final Series NEW = series("new");

    private final KeyValueStore<String, Long> store = new MemoryStores().clock(IngestClock.STORE);
    private final List<Announcement> said = new ArrayList<>();
    private final SeriesRegister register =
            new SeriesRegister(SeriesLimits.DEFAULTS, MetricCatalog.DEFAULTS, series -> false, 1, new Offenders(), NOW);
    private Optional<ReadSeries> newest = Optional.of(reading(1, "old"));
    private IngestClock clock = clock();
    private IngestRules rules = rules();

    @Test
    void withoutEventsNothingWasSentUnderAnotherSet() {
        clock.emit();
        newest = Optional.of(reading(2, "new"));
        rules.follow(register);
        clock.emit();
        assertThat(said).containsExactly(always(1), always(2));
    }

    @Test
    void newSetIsFollowedFromTheMinuteBehindAllEvents() {
        clock.event(NOW);
        newest = Optional.of(reading(2, "new"));
        rules.follow(register);
        clock.emit();
        assertThat(said).containsExactly(new Announcement(2, 1_001 * MINUTE));
        assertThat(rules.read().test(NEW)).isTrue();
    }

    @Test
    void seriesOfBothSetsTravelByThePane() {
        IngestSeries old = register.admit(OLD, NOW);
        IngestSeries fresh = register.admit(NEW, NOW);
        newest = Optional.of(reading(2, "new"));
        rules.follow(register);
        assertThat(old.readByRules()).isTrue();
        assertThat(fresh.readByRules()).isTrue();
        assertThat(register.admit(series("other"), NOW).readByRules()).isFalse();
    }

    @Test
    void restartSaysTheSameAgain() {
        clock.event(NOW);
        newest = Optional.of(reading(2, "new"));
        rules.follow(register);
        clock.event(NOW + 10 * MINUTE);
        clock.emit();
        clock = clock();
        rules = rules();
        clock.emit();
        assertThat(said).containsExactly(new Announcement(2, 1_001 * MINUTE), new Announcement(2, 1_001 * MINUTE));
    }

    @Test
    void restartWithAnotherSetFollowsItFromTheMinuteBehindAllEvents() {
        clock.event(NOW);
        clock.emit();
        newest = Optional.of(reading(2, "new"));
        clock = clock();
        rules = rules();
        clock.emit();
        assertThat(said).containsExactly(always(1), new Announcement(2, 1_001 * MINUTE));
    }

    @Test
    void processThatKnowsNoRulesGoesOnWithThoseBefore() {
        clock.emit();
        newest = Optional.empty();
        clock = clock();
        rules = rules();
        rules.follow(register);
        clock.emit();
        assertThat(said).containsExactly(always(1), always(1));
        assertThat(rules.read().test(series("any"))).isTrue();
    }

    private IngestClock clock() {
        IngestSettings settings = TestSettings.of(
                1, TimeSettings.DEFAULTS, new InputPositions(), InstantSource.fixed(Instant.ofEpochMilli(NOW)));
        return new IngestClock(0, settings, store, (time, at) -> said.add(time.rules()));
    }

    private IngestRules rules() {
        return new IngestRules(() -> newest, store, clock);
    }

    private static Announcement always(long id) {
        return new Announcement(id, Announcement.ALWAYS);
    }

    private static ReadSeries reading(long id, String metric) {
        return new ReadSeries(id, series -> series.metric().equals(metric));
    }

    private static Series series(String metric) {
        return Series.of(metric, "shop", Map.of(), MetricKind.GAUGE, null);
    }
}
