package dev.weir.sink;

import static dev.weir.sink.Aggregates.HOUR;
import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Aggregates.hourlyAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of records that cannot be rows: set aside once and whole, with a reason, and the others are stored. */
@ExtendWith(Servers.Extension.class)
final class SinkRejectsIT {
    /** Longer than a row of an index, also when compressed. */
    private static final String BEYOND_INDEX = new Random(1)
            .ints(20_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    @Test
    void oneBadRowInBatchIsSetAsideAlone(Servers servers) {
        try (Scene scene = new Scene(servers, "bisect", 1)) {
            WindowAggregate[] batch = new WindowAggregate[200];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = hourlyAt("bisect_seconds", HOUR.plus(Duration.ofHours(i)));
            }
            batch[77] = hourlyAt(BEYOND_INDEX, HOUR);
            scene.send(batch);
            try (PostgresSink sink = scene.startSink()) {
                scene.awaitStored(sink, 200);
                assertThat(scene.count("bisect_seconds")).isEqualTo(199);
                assertThat(scene.rejectReasons()).singleElement().asString().startsWith("SQLSTATE 54000: ");
                assertThat(sink.status().recordsRejected()).isEqualTo(1);
                assertThat(sink.healthy()).isTrue();
            }
            assertThat(scene.number("SELECT record_offset FROM weir.sink_rejects WHERE topic = '" + scene.topic + "'"))
                    .isEqualTo(77);
            assertThat(scene.text("SELECT encode(record_value, 'hex') FROM weir.sink_rejects WHERE topic = '"
                            + scene.topic + "'"))
                    .isEqualTo(HexFormat.of().formatHex(Aggregates.encode(batch[77])));
        }
    }

    @Test
    void nulCharactersAreSetAsideWithAClearReason(Servers servers) {
        try (Scene scene = new Scene(servers, "nul", 1);
                PostgresSink sink = scene.startSink()) {
            scene.send(
                    hourly("nul_seconds", Map.of("path", "a\0b")),
                    hourly("nul\0_seconds", Map.of()),
                    hourly("nul_seconds", Map.of("path", "ab")));
            scene.awaitStored(sink, 3);
            assertThat(scene.rejectReasons())
                    .containsExactly(
                            "label path is \"a␀b\" with U+0000 (shown as ␀), which PostgreSQL cannot store",
                            "metric is \"nul␀_seconds\" with U+0000 (shown as ␀), which PostgreSQL cannot store");
            assertThat(scene.count("nul_seconds")).isEqualTo(1);
        }
    }

    @Test
    void undecodableRecordsAreSetAside(Servers servers) {
        MetricEvent event = MetricEvent.newBuilder()
                .setTimestamp(HOUR)
                .setService("shop")
                .setMetric("other")
                .setKind(MetricKind.COUNT)
                .setValue(1)
                .setLabels(Map.of())
                .build();
        try (Scene scene = new Scene(servers, "undecodable", 1);
                PostgresSink sink = scene.startSink()) {
            scene.sendBytes("not avro\0".getBytes(StandardCharsets.UTF_8));
            scene.sendBytes(new byte[0]);
            scene.sendBytes(null);
            scene.sendBytes(Aggregates.encode(event));
            scene.send(hourly("undecodable_seconds", Map.of()));
            scene.awaitStored(sink, 5);
            assertThat(scene.rejectReasons()).hasSize(4).satisfies(reasons -> {
                assertThat(reasons.get(0)).startsWith("undecodable: ");
                assertThat(reasons.get(1)).startsWith("undecodable: ");
                assertThat(reasons.get(2)).isEqualTo("value is null, must be a WindowAggregate");
                assertThat(reasons.get(3))
                        .isEqualTo("value is a dev.weir.events.MetricEvent, must be a WindowAggregate");
            });
            assertThat(scene.count("undecodable_seconds")).isEqualTo(1);
        }
    }

    @Test
    void replayedRejectIsSetAsideOnce(Servers servers) {
        try (Scene scene = new Scene(servers, "reject-replay", 1)) {
            scene.sendBytes(new byte[] {9, 9, 9});
            for (int run = 0; run < 2; run++) {
                scene.execute("DELETE FROM weir.sink_offsets WHERE topic = '" + scene.topic + "'");
                try (PostgresSink sink = scene.startSink()) {
                    scene.awaitStored(sink, 1);
                }
            }
            assertThat(scene.rejectReasons()).hasSize(1);
        }
    }
}
