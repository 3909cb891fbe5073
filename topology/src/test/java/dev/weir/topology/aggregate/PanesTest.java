package dev.weir.topology.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.TimeSettings;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class PanesTest {
    private static final long PANE = 10_000;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 490_000 * HOUR;
    private static final Duration RETENTION = Duration.ofMinutes(10);
    private static final Duration OPEN_HOUR = Duration.ofMinutes(5);
    private static final long WALL = 1_000_000_000;
    private static final Series SERIES = series("a");

    private static final RuleSet RULES = rules("a");

    private record Published(WindowSize size, long startMs, String service, double sum, long revision) {}

    private record RuleInput(long startMs, double sum) {}

    private final MemoryStores stores = new MemoryStores();
    private final KeyValueStore<Bytes, byte[]> deltas = packs(AggregateStores.DELTAS);
    private final KeyValueStore<Bytes, byte[]> closedMinutes = packs(AggregateStores.CLOSED_MINUTES);
    private final KeyValueStore<Bytes, byte[]> closedHours = packs(AggregateStores.CLOSED_HOURS);
    private final List<Published> published = new ArrayList<>();
    private final List<RuleInput> ruleInputs = new ArrayList<>();
    private Panes panes;

    PanesTest() {
        stores.clock(AggregateStores.CLOCK);
        packs(AggregateStores.EVENT_IDS);
        stores.open(AggregateStores.RULES, Serdes.String(), Serdes.ByteArray());
        panes = start();
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(panes.close(Watermark.UNKNOWN)).isEqualTo(Watermark.UNKNOWN);
        assertThat(panes.close(START)).isEqualTo(START);
        panes.beforeCommit(START);
        assertThat(published).isEmpty();
        assertThat(ruleInputs).isEmpty();
    }

    @Test
    void minuteClosesWhenTheWatermarkReachesItsEnd() {
        add(START, 1);
        panes.close(START + MINUTE - 1);
        assertThat(published).isEmpty();
        panes.close(START + MINUTE);
        assertThat(published).containsExactly(minute(START, 1, 0));
        assertThat(size(deltas)).isZero();
    }

    @Test
    void hourIsTheSumOfItsMinutesAndClosesAfterThem() {
        add(START, 1);
        add(START + 59 * MINUTE, 10);
        panes.close(START + HOUR - 1);
        assertThat(published).containsExactly(minute(START, 1, 0));
        panes.close(START + HOUR);
        assertThat(published.subList(1, 3)).containsExactly(minute(START + 59 * MINUTE, 10, 0), hour(START, 11, 0));
    }

    @Test
    void openHourIsPublishedOnceAnIntervalAndNewMinuteBelowTheRevisionOfItsEnd() {
        panes.publishOpenHour(WALL);
        add(START, 1);
        panes.publishOpenHour(WALL);
        panes.close(START + MINUTE);
        panes.publishOpenHour(WALL);
        add(START + 2 * MINUTE, 10);
        panes.close(START + 3 * MINUTE);
        panes.publishOpenHour(WALL + OPEN_HOUR.toMillis() - 1);
        panes.publishOpenHour(WALL + OPEN_HOUR.toMillis());
        panes.publishOpenHour(WALL + 2 * OPEN_HOUR.toMillis());
        panes.close(START + HOUR);
        panes.publishOpenHour(WALL + 3 * OPEN_HOUR.toMillis());
        assertThat(published)
                .containsExactly(
                        minute(START, 1, 0),
                        hour(START, 1, -59),
                        minute(START + 2 * MINUTE, 10, 0),
                        hour(START, 11, -57),
                        hour(START, 11, 0));
    }

    @Test
    void openHourOfManySeriesIsPublishedInParts() {
        for (int i = 0; i < 10_001; i++) {
            panes.add(pack(series("s" + i), START, 1, false));
        }
        panes.close(START + MINUTE);
        published.clear();
        panes.publishOpenHour(WALL);
        assertThat(published).hasSize(10_000);
        panes.publishOpenHour(WALL);
        assertThat(published).hasSize(10_001).doesNotHaveDuplicates();
        panes.publishOpenHour(WALL);
        assertThat(published).hasSize(10_001);
    }

    @Test
    void openHourIsNotPublishedTwiceOverARestart() {
        add(START, 1);
        panes.close(START + MINUTE);
        panes.publishOpenHour(WALL);
        panes.beforeCommit(START + MINUTE);
        published.clear();
        panes = start();
        panes.restore();
        panes.publishOpenHour(WALL);
        assertThat(published).isEmpty();
        panes.close(START + 2 * MINUTE);
        panes.publishOpenHour(WALL);
        assertThat(published).containsExactly(hour(START, 1, -58));
    }

    @Test
    void minuteHoldsItsStartAndNotItsEnd() {
        add(START, 1);
        add(START + MINUTE - PANE, 10);
        add(START + MINUTE, 100);
        panes.close(START + 2 * MINUTE);
        assertThat(published).containsExactly(minute(START, 11, 0), minute(START + MINUTE, 100, 0));
    }

    @Test
    void minutesCloseInOrderOfTimeWhateverOrderTheyCameIn() {
        add(START + 5 * MINUTE, 5);
        add(START, 1);
        add(START + 2 * MINUTE, 2);
        panes.close(START + 10 * MINUTE);
        assertThat(published).extracting(Published::sum).containsExactly(1.0, 2.0, 5.0);
    }

    @Test
    void paneGoesToRulesOnceWhenItCloses() {
        add(START, 1);
        add(START + PANE, 2);
        add(START + PANE, 4);
        assertThat(panes.close(START + PANE + 1)).isEqualTo(START + PANE);
        assertThat(ruleInputs).containsExactly(new RuleInput(START, 1));
        panes.close(START + 2 * PANE);
        assertThat(ruleInputs).containsExactly(new RuleInput(START, 1), new RuleInput(START + PANE, 6));
    }

    @Test
    void lateDeltaChangesTheMinuteAndNotThePane() {
        add(START, 1);
        assertThat(panes.add(pack(SERIES, START, 2, true))).isTrue();
        panes.close(START + PANE);
        add(START, 4);
        panes.close(START + MINUTE);
        assertThat(ruleInputs).containsExactly(new RuleInput(START, 1));
        assertThat(published).containsExactly(minute(START, 7, 0));
    }

    @Test
    void correctionIsPublishedWithTheNextRevisionAtTheCommit() {
        add(START, 1);
        panes.close(START + MINUTE);
        assertThat(panes.add(pack(SERIES, START, 2, true))).isFalse();
        assertThat(published).hasSize(1);
        panes.beforeCommit(START + MINUTE);
        add(START, 4);
        add(START + PANE, 8);
        panes.beforeCommit(START + MINUTE);
        panes.beforeCommit(START + MINUTE);
        assertThat(published).containsExactly(minute(START, 1, 0), minute(START, 3, 1), minute(START, 15, 2));
        panes.close(START + HOUR);
        assertThat(published.get(3)).isEqualTo(hour(START, 15, 0));
    }

    @Test
    void correctionOfAClosedHourIsPublishedToo() {
        add(START, 1);
        panes.close(START + HOUR);
        add(START + MINUTE, 2);
        panes.beforeCommit(START + HOUR);
        assertThat(published.subList(2, 4)).containsExactly(minute(START + MINUTE, 2, 0), hour(START, 3, 1));
    }

    @Test
    void correctionOfOneSeriesAmongManyTouchesNoOther() {
        for (int i = 0; i < 1_000; i++) {
            panes.add(pack(series("s" + i), START, i, false));
        }
        panes.close(START + MINUTE);
        assertThat(size(closedMinutes)).isBetween(2, 8);
        published.clear();
        panes.add(pack(series("s77"), START, 1_000, true));
        panes.add(pack(series("new"), START, 5, true));
        panes.beforeCommit(START + MINUTE);
        assertThat(published)
                .containsExactlyInAnyOrder(
                        new Published(WindowSize.MINUTE, START, "s77", 1_077, 1),
                        new Published(WindowSize.MINUTE, START, "new", 5, 0));
        published.clear();
        panes.close(START + HOUR);
        assertThat(published).hasSize(1_001).contains(new Published(WindowSize.HOUR, START, "s77", 1_077, 0));
    }

    @Test
    void windowsAreForgottenWhenNoEventMayCorrectThemAnyMore() {
        add(START, 1);
        panes.close(START + 2 * HOUR);
        long endOfRetention = START + HOUR + RETENTION.toMillis();
        panes.beforeCommit(endOfRetention - 1);
        assertThat(size(closedHours)).isEqualTo(1);
        panes.beforeCommit(endOfRetention);
        assertThat(size(closedHours)).isZero();
        assertThat(size(closedMinutes)).isZero();
    }

    @Test
    void minutesOfAnOpenHourOutliveTheRetention() {
        add(START, 1);
        panes.close(START + 30 * MINUTE);
        panes.beforeCommit(START + 30 * MINUTE);
        assertThat(size(closedMinutes)).isEqualTo(1);
    }

    @Test
    void restartGoesOnWhereTheCommitWas() {
        add(START, 1);
        add(START + MINUTE, 10);
        panes.close(START + MINUTE + PANE);
        panes.add(pack(SERIES, START, 2, true));
        panes.beforeCommit(START + MINUTE + PANE);

        panes = start();
        assertThat(panes.restore()).isEqualTo(START + MINUTE + PANE);
        add(START, 4);
        add(START + MINUTE, 20);
        add(START + MINUTE + PANE, 40);
        panes.beforeCommit(START + MINUTE + PANE);
        panes.close(START + HOUR);
        assertThat(published)
                .containsExactly(
                        minute(START, 1, 0),
                        minute(START, 3, 1),
                        minute(START, 7, 2),
                        minute(START + MINUTE, 70, 0),
                        hour(START, 77, 0));
        assertThat(ruleInputs)
                .containsExactly(
                        new RuleInput(START, 1),
                        new RuleInput(START + MINUTE, 10),
                        new RuleInput(START + MINUTE + PANE, 40));
    }

    @Test
    void newRulesGetPanesFromTheirTimeOnAndTheMinutesBeforeIt() {
        Series other = series("b");
        for (int minute = 0; minute < 3; minute++) {
            panes.add(pack(other, START + minute * MINUTE, 1 + minute, false));
        }
        panes.close(START + 3 * MINUTE);
        panes.add(pack(other, START + 3 * MINUTE, 10, false));
        panes.add(pack(other, START + 4 * MINUTE, 20, false));
        panes.agree(rules("a", "b"), START + 4 * MINUTE);
        assertThat(panes.rules()).isEqualTo(new Announcement(rules("a", "b").id(), START + 4 * MINUTE));
        panes = start();
        panes.restore();
        panes.add(pack(other, START + 3 * MINUTE + PANE, 30, false));
        panes.add(pack(other, START + 4 * MINUTE, 40, false));
        add(START + 4 * MINUTE, 5);
        assertThat(ruleInputs).isEmpty();

        panes.close(START + 5 * MINUTE);
        // The range of 2 min begins at 2; of the minute at 3 the parts are summed.
        assertThat(ruleInputs)
                .containsExactly(
                        new RuleInput(START + 2 * MINUTE, 3),
                        new RuleInput(START + 3 * MINUTE, 40),
                        new RuleInput(START + 4 * MINUTE, 60),
                        new RuleInput(START + 4 * MINUTE, 5));
    }

    @Test
    void rulesThatAreGoneGetPanesUpToTheEndOfTheirTime() {
        panes.close(START);
        panes.agree(rules("b"), START + MINUTE);
        add(START + MINUTE - PANE, 1);
        add(START + MINUTE, 2);
        panes.close(START + 2 * MINUTE);
        assertThat(ruleInputs).containsExactly(new RuleInput(START + MINUTE - PANE, 1));
    }

    @Test
    void rulesThatAreAgreedOnTooLateBeginWithTheNextMinute() {
        panes.close(START + 2 * MINUTE + PANE);
        panes.agree(rules("b"), START + MINUTE);
        assertThat(panes.rules().fromMs()).isEqualTo(START + 3 * MINUTE);
    }

    @Test
    void rulesThatFollowOthersWithinAMinuteBeginWithTheNext() {
        panes.close(START);
        panes.agree(rules("b"), START + MINUTE);
        panes.close(START + MINUTE);
        panes.agree(rules("a", "b"), START + MINUTE);
        assertThat(panes.rules()).isEqualTo(new Announcement(rules("a", "b").id(), START + 2 * MINUTE));
    }

    @Test
    void hourStaysOpenWhileTheBoundOnWorkLeavesAMinuteOfItOpen() {
        for (int i = 0; i < 50_001; i++) {
            panes.add(pack(series("s" + i), START + 58 * MINUTE, 1, false));
        }
        panes.add(pack(series("s0"), START + 59 * MINUTE, 1, false));
        panes.close(START + HOUR);
        assertThat(published).hasSize(50_001);
        // s0 had its last minute still open: a correction of another minute must not close the hour before it.
        panes.add(pack(series("s0"), START, 5, true));
        panes.beforeCommit(START + HOUR);
        panes.close(START + HOUR);
        panes.close(START + HOUR);
        assertThat(published)
                .contains(new Published(WindowSize.HOUR, START, "s0", 7, 0))
                .doesNotHaveDuplicates()
                .allMatch(window -> window.revision() == 0);
    }

    private Panes start() {
        AggregateSettings settings = new AggregateSettings(
                "events",
                1,
                new TimeSettings(Duration.ZERO, RETENTION, Duration.ofMinutes(1), Duration.ofSeconds(1), OPEN_HOUR),
                Duration.ofMillis(PANE),
                new RuleBook(RULES),
                MetricCatalog.DEFAULTS);
        Panes started = new Panes(
                settings,
                stores.context(),
                new RuleInputs((group, startMs, pack) -> ruleInputs.addAll(inputs(pack))),
                (size, startMs, series, aggregate, revision) -> published.add(
                        new Published(size, startMs, series.series().service(), aggregate.sum(), revision)));
        started.agree(RULES, Announcement.ALWAYS);
        return started;
    }

    /** For each of the services a group that reads 2 min of it. */
    private static RuleSet rules(String... services) {
        StringBuilder groups = new StringBuilder();
        for (String service : services) {
            groups.append("{name: ")
                    .append(service)
                    .append(", rules: [{record: r_")
                    .append(service)
                    .append(", expr: 'rate(m_total{service=\"")
                    .append(service)
                    .append("\"}[2m])'}]}, ");
        }
        return RuleSet.parse(
                Map.of("r.yml", "groups: [" + groups + "]"), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    private static List<RuleInput> inputs(byte[] pack) {
        DeltaPack.Cursor cursor = new DeltaPack.Cursor().open(pack);
        List<RuleInput> inputs = new ArrayList<>();
        while (cursor.next()) {
            inputs.add(new RuleInput(cursor.startMs(), cursor.aggregate().sum()));
        }
        return inputs;
    }

    private void add(long paneStartMs, double increment) {
        panes.add(pack(SERIES, paneStartMs, increment, false));
    }

    private static byte[] pack(Series series, long paneStartMs, double increment, boolean late) {
        DeltaPack.Writer pack = new DeltaPack.Writer();
        Aggregate aggregate = empty(series);
        aggregate.record(paneStartMs, increment, null);
        pack.begin(paneStartMs, late);
        pack.add(SeriesCodec.encode(series), aggregate);
        return pack.toByteArray();
    }

    private static Aggregate empty(Series series) {
        return new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit()));
    }

    private static Published minute(long startMs, double sum, long revision) {
        return new Published(WindowSize.MINUTE, startMs, "a", sum, revision);
    }

    private static Published hour(long startMs, double sum, long revision) {
        return new Published(WindowSize.HOUR, startMs, "a", sum, revision);
    }

    private static Series series(String service) {
        return Series.of("m_total", service, Map.of(), MetricKind.COUNT, null);
    }

    private KeyValueStore<Bytes, byte[]> packs(String name) {
        return stores.open(name, Serdes.Bytes(), Serdes.ByteArray());
    }

    private static int size(KeyValueStore<Bytes, byte[]> store) {
        int size = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                size++;
            }
        }
        return size;
    }
}
