package dev.weir.sink;

import static dev.weir.sink.Aggregates.HOUR;
import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Aggregates.hourlyAt;
import static dev.weir.sink.Aggregates.minutely;
import static dev.weir.sink.Aggregates.observation;
import static dev.weir.sink.Aggregates.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.serde.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RecordDecoderTest {
    private final AggregateTable table = Aggregates.table();
    private final RecordDecoder decoder = new RecordDecoder(Aggregates.decoder(), List.of(table));

    @Test
    void noRecordsMakeAnEmptyBatch() {
        assertThat(decoder.decode(List.of()))
                .isEqualTo(new Batch(List.of(new TableRows<>(table, List.of())), List.of(), Map.of()));
    }

    @Test
    void keyOccursOnceWithItsGreatestRevision() {
        Batch batch = decoder.decode(
                List.of(polled(0, hourly("a", 2, 2)), polled(1, hourly("a", 3, 3)), polled(2, hourly("a", 1, 1))));
        assertThat(rows(batch))
                .singleElement()
                .satisfies(row -> assertThat(row.row().revision()).isEqualTo(3));
    }

    @Test
    void rowsStandInOneOrder() {
        Batch batch = decoder.decode(List.of(
                polled(0, hourly("b", Map.of())),
                polled(1, hourly("a", Map.of("x", "2"))),
                polled(2, hourly("a", Map.of("x", "1")))));
        assertThat(rows(batch))
                .extracting(row -> row.key().metric() + row.key().dimensions())
                .containsExactly(
                        "a{\"service\":\"shop\",\"x\":\"1\"}",
                        "a{\"service\":\"shop\",\"x\":\"2\"}",
                        "b{\"service\":\"shop\"}");
    }

    @Test
    void offsetMovesBehindRecordsThatBecomeNoRow() {
        Batch batch = decoder.decode(List.of(polled(4, hourly("a", 0, 1)), polled(9, minutely("a"))));
        assertThat(batch.polled()).isEqualTo(Map.of(new TopicPartition("aggregates", 0), new OffsetRange(4, 10)));
        assertThat(rows(batch)).hasSize(1);
    }

    @Test
    void labelThatHidesTheServiceIsSetAside() {
        Batch batch = decoder.decode(List.of(polled(0, hourly("a", Map.of("service", "other")))));
        assertThat(rows(batch)).isEmpty();
        assertThat(batch.rejects())
                .extracting(Reject::coordinates, Reject::reason)
                .containsExactly(tuple("aggregates-0@0", "label service is set, must be the field service"));
    }

    @Test
    void runningTotalHasNoMean() {
        WindowAggregate total = observation("a_total", Map.of(), HOUR, Duration.ofHours(1), 0, 8)
                .setKind(MetricKind.CUMULATIVE)
                .build();
        assertThat(row(total).row().average()).isNull();
        assertThat(row(hourly("a", 0, 8)).row().average()).isEqualTo(2.0);
    }

    @Test
    void runningTotalThatIsNotFiniteIsSetAside() {
        Batch batch = decoder.decode(List.of(polled(
                0,
                observation("a_total", Map.of(), HOUR, Duration.ofHours(1), 0, 8)
                        .setKind(MetricKind.CUMULATIVE)
                        .setFirst(Double.NaN)
                        .build())));
        assertThat(rows(batch)).isEmpty();
        assertThat(batch.rejects())
                .extracting(Reject::reason)
                .containsExactly("first is NaN, must be finite for CUMULATIVE");
    }

    @Test
    void emptyWindowHasNeitherMeanNorExtremes() {
        AggregateRow row = row(observation("a", Map.of(), HOUR, Duration.ofHours(1), 0, 0)
                        .setCount(0)
                        .build())
                .row();
        assertThat(row.average()).isNull();
        assertThat(row.min()).isNull();
        assertThat(row.max()).isNull();
    }

    @Test
    void sketchThatCannotBeReadIsSetAside() {
        Batch batch = decoder.decode(List.of(
                polled(
                        0,
                        observation("a", Map.of(), HOUR, Duration.ofHours(1), 0, 1)
                                .setSketch(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                .build()),
                polled(
                        1,
                        observation("a", Map.of(), HOUR, Duration.ofHours(1), 0, 1)
                                .setExactSum(ByteBuffer.wrap(new byte[] {0, 7}))
                                .build())));
        assertThat(rows(batch)).isEmpty();
        assertThat(batch.rejects()).extracting(Reject::reason).satisfies(reasons -> {
            assertThat(reasons.get(0)).startsWith("sketch cannot be read: ");
            assertThat(reasons.get(1))
                    .isEqualTo("exact_sum cannot be read: exact sum is malformed: 1 bytes follow its 1");
        });
    }

    @Test
    void hourAtTheLimitOfRetentionIsTakenAndOneBeforeIsSetAside() {
        Instant limit = Aggregates.CLOCK.instant().minus(Duration.ofDays(730));
        Batch batch = decoder.decode(List.of(
                polled(0, hourlyAt("a", limit.plusMillis(1))),
                polled(1, hourlyAt("a", limit)),
                polled(2, hourlyAt("a", limit.minusMillis(1)))));
        assertThat(rows(batch)).hasSize(2);
        assertThat(batch.rejects())
                .extracting(Reject::coordinates, Reject::reason)
                .containsExactly(tuple(
                        "aggregates-0@2",
                        "window_start is 2024-09-17T09:59:59.999Z, must be >= 2024-09-17T10:00:00Z"
                                + " (store.retention.hourly is 730d)"));
    }

    @Test
    void hourFarInTheFutureIsSetAside() {
        Instant limit = Aggregates.CLOCK.instant().plus(Duration.ofDays(7));
        Batch batch =
                decoder.decode(List.of(polled(0, hourlyAt("a", limit)), polled(1, hourlyAt("a", limit.plusMillis(1)))));
        assertThat(rows(batch)).hasSize(1);
        assertThat(batch.rejects())
                .extracting(Reject::reason)
                .containsExactly("window_start is 2026-09-24T10:00:00.001Z, must be <= 2026-09-24T10:00:00Z,"
                        + " 7d after the sink's clock");
    }

    @Test
    void registryOutageIsNoReject() {
        RecordDecoder cut = new RecordDecoder(
                (topic, bytes) -> {
                    throw new RegistryUnavailableException("away");
                },
                List.of(table));
        assertThatThrownBy(() -> cut.decode(List.of(polled(0, hourly("a", 0, 1)))))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private HourlyRow row(WindowAggregate aggregate) {
        return rows(decoder.decode(List.of(polled(0, aggregate)))).get(0);
    }

    private static List<HourlyRow> rows(Batch batch) {
        return batch.tables().stream()
                .flatMap(table -> table.rows().stream())
                .map(HourlyRow.class::cast)
                .toList();
    }
}
