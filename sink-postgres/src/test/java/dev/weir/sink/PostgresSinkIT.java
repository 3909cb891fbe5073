package dev.weir.sink;

import static dev.weir.sink.Aggregates.HOUR;
import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Aggregates.hourlyAt;
import static dev.weir.sink.Aggregates.minutely;
import static dev.weir.sink.Aggregates.observation;
import static dev.weir.sink.Scene.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sink stores, and that it stores it once. */
@ExtendWith(Servers.Extension.class)
final class PostgresSinkIT {
    @Test
    void hourlyWindowBecomesOneRowWithEveryColumn(Servers servers) {
        try (Scene scene = new Scene(servers, "columns", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(hourly("columns_seconds", 7, 4.0));
            scene.awaitStored(sink, 1);
            assertThat(
                            scene.text(
                                    "SELECT concat_ws('|', period, extract(epoch FROM period_start)::bigint, kind,"
                                            + " min_value, max_value, avg_value, sum_value, count_value, p50_value, p90_value, p95_value,"
                                            + " p99_value, success_count, error_count, hit_count, miss_count, error_ratio,"
                                            + " hit_ratio IS NULL, encode(sketch, 'hex'), final, revision, dimensions::text)"
                                            + " FROM monitoring.aggregated_metrics WHERE period = 'hourly' AND metric_name = 'columns_seconds'"))
                    .isEqualTo("hourly|" + HOUR.getEpochSecond()
                            + "|OBSERVATION|0.5|2.5|1|4|4|0.9|2.5|2.5|2.5|3|1|0|0|0.25|t|"
                            + Aggregates.SKETCH_HEX + "|t|7|"
                            + "{\"service\": \"shop\", \"endpoint\": \"/a\"}");
            assertThat(sink.status().rowsWritten()).isEqualTo(1);
            assertThat(sink.healthy()).isTrue();
        }
    }

    @Test
    void windowsOfOneMinuteAreReadButNotStored(Servers servers) {
        try (Scene scene = new Scene(servers, "minutes", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(minutely("minutes_seconds"), minutely("minutes_seconds"));
            scene.awaitStored(sink, 2);
            assertThat(scene.count("minutes_seconds")).isZero();
            assertThat(scene.rejectReasons()).isEmpty();
            assertThat(sink.status().rowsWritten()).isZero();
        }
    }

    @Test
    void replayFromTheBeginningChangesNothing(Servers servers) {
        try (Scene scene = new Scene(servers, "replay", 2)) {
            try (PostgresSink sink = scene.startSink()) {
                for (int i = 0; i < 50; i++) {
                    scene.send(hourlyAt("replay_seconds", HOUR.plus(Duration.ofHours(i))));
                }
                scene.awaitStored(sink, 50);
            }
            String before = scene.rows("replay_seconds");
            scene.execute("DELETE FROM weir.sink_offsets WHERE topic = '" + scene.topic + "'");
            try (PostgresSink sink = scene.startSink()) {
                scene.awaitStored(sink, 50);
                assertThat(sink.status().rowsWritten()).isZero();
            }
            assertThat(scene.count("replay_seconds")).isEqualTo(50);
            assertThat(scene.rows("replay_seconds")).isEqualTo(before);
        }
    }

    @Test
    void topicThatWasMadeAgainIsReadFromItsBeginning(Servers servers) {
        try (Scene scene = new Scene(servers, "again", 1)) {
            try (PostgresSink sink = scene.startSink()) {
                scene.send(hourly("again_seconds", 1, 1));
                scene.awaitStored(sink, 1);
            }
            scene.execute("DELETE FROM monitoring.aggregated_metrics WHERE metric_name = 'again_seconds'");
            // As the ledger stands when the records it counted were in another topic of this name.
            scene.execute("UPDATE weir.sink_offsets SET next_offset = 1000 WHERE topic = '" + scene.topic + "'");
            try (PostgresSink sink = scene.startSink()) {
                scene.awaitStored(sink, 1);
            }
            assertThat(scene.count("again_seconds")).isEqualTo(1);
        }
    }

    @Test
    void sameLabelsOfAnotherKindOrUnitAreRowsOfTheirOwn(Servers servers) {
        try (Scene scene = new Scene(servers, "kinds", 1);
                PostgresSink sink = scene.startSink()) {
            Duration hour = Duration.ofHours(1);
            scene.send(
                    observation("kinds_seconds", Map.of(), HOUR, hour, 0, 1).build(),
                    observation("kinds_seconds", Map.of(), HOUR, hour, 0, 2)
                            .setUnit("ms")
                            .build(),
                    observation("kinds_seconds", Map.of(), HOUR, hour, 0, 3)
                            .setUnit(null)
                            .build(),
                    observation("kinds_seconds", Map.of(), HOUR, hour, 0, 4)
                            .setKind(MetricKind.GAUGE)
                            .build());
            scene.awaitStored(sink, 4);
            assertThat(scene.count("kinds_seconds")).isEqualTo(4);
        }
    }

    @Test
    void recordOfAnAbortedTransactionIsNotStored(Servers servers) {
        try (Scene scene = new Scene(servers, "aborted", 1);
                PostgresSink sink = scene.startSink()) {
            scene.sendAborted(hourly("aborted_seconds", 9, 9));
            scene.send(hourly("aborted_seconds", 1, 1));
            await().atMost(LIMIT).until(() -> sink.status().rowsWritten() > 0);
            assertThat(sum(scene, "aborted_seconds")).isEqualTo("1");
            // The aborted record has an offset too; its marker stands before or after the last record.
            assertThat(scene.storedRecords()).isBetween(2L, 3L);
        }
    }

    @Test
    void onlyGreaterRevisionReplacesRow(Servers servers) {
        try (Scene scene = new Scene(servers, "revisions", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(hourly("revisions_seconds", 5, 50));
            scene.awaitStored(sink, 1);
            scene.send(hourly("revisions_seconds", 4, 40), hourly("revisions_seconds", 5, 51));
            scene.awaitStored(sink, 3);
            assertThat(sum(scene, "revisions_seconds")).isEqualTo("50");
            scene.send(hourly("revisions_seconds", 7, 70), hourly("revisions_seconds", 6, 60));
            scene.awaitStored(sink, 5);
            assertThat(sum(scene, "revisions_seconds")).isEqualTo("70");
        }
    }

    @Test
    void hostileLabelsComeBackAsTheyWere(Servers servers) {
        Map<String, String> labels = Map.of(
                "quotes", "\"double\" 'single' \\back`tick",
                "injection", "'; DROP TABLE monitoring.aggregated_metrics; --",
                "emoji", "👩‍🚀 ☃",
                "rtl", "\u202eمرحبا\u202c",
                "control", "a\tb\nc\u0001",
                "array", "{NULL,\"x\",}",
                "NULL", "NULL",
                "long", "é".repeat(4000) + System.identityHashCode(this));
        try (Scene scene = new Scene(servers, "hostile", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(hourly("hostile_seconds", labels));
            scene.awaitStored(sink, 1);
            Map<String, String> stored = scene.jdbi.withHandle(handle -> handle.createQuery(
                            "SELECT d.key, d.value FROM monitoring.aggregated_metrics, jsonb_each_text(dimensions) d"
                                    + " WHERE metric_name = 'hostile_seconds' AND d.key <> 'service'")
                    .reduceRows(new HashMap<String, String>(), (map, row) -> {
                        map.put(row.getColumn("key", String.class), row.getColumn("value", String.class));
                        return map;
                    }));
            assertThat(stored).isEqualTo(labels);
            assertThat(sink.status().recordsRejected()).isZero();
        }
    }

    @Test
    void labelsLongerThanAnIndexRowAreStoredOnce(Servers servers) {
        // Random characters, so that compression does not make it fit.
        String random = new Random(7)
                .ints(20_000, 0x4e00, 0x9fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try (Scene scene = new Scene(servers, "long", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(hourly("long_seconds", Map.of("a", random)));
            scene.awaitStored(sink, 1);
            scene.send(hourly("long_seconds", Map.of("a", random)), hourly("long_seconds", Map.of("a", random + "x")));
            scene.awaitStored(sink, 3);
            assertThat(scene.count("long_seconds")).isEqualTo(2);
            assertThat(sink.status().recordsRejected()).isZero();
        }
    }

    private static String sum(Scene scene, String metric) {
        return scene.text(
                "SELECT sum_value::text FROM monitoring.aggregated_metrics WHERE period = 'hourly' AND metric_name = '"
                        + metric + "'");
    }
}
