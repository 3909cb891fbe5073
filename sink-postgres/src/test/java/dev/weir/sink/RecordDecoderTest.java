package dev.weir.sink;

import static dev.weir.sink.Aggregates.HOUR;
import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Aggregates.minutely;
import static dev.weir.sink.Aggregates.observation;
import static dev.weir.sink.Aggregates.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.serde.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RecordDecoderTest {
    private final AggregateTable table = new AggregateTable(InstantSource.fixed(HOUR));
    private final RecordDecoder decoder =
            new RecordDecoder(Aggregates.decoder(), List.of(table), RecordDecoder.Foreign.SET_ASIDE);

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
                .satisfies(row -> assertThat(row.aggregate().getRevision()).isEqualTo(3));
    }

    @Test
    void rowsStandInOneOrder() {
        Batch batch = decoder.decode(List.of(
                polled(0, hourly("b", Map.of())),
                polled(1, hourly("a", Map.of("x", "2"))),
                polled(2, hourly("a", Map.of("x", "1")))));
        assertThat(rows(batch))
                .extracting(row -> row.metric() + row.dimensions())
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
        assertThat(row(total).average()).isNull();
        assertThat(row(hourly("a", 0, 8)).average()).isEqualTo(2.0);
    }

    @Test
    void emptyWindowHasNeitherMeanNorExtremes() {
        HourlyRow row = row(observation("a", Map.of(), HOUR, Duration.ofHours(1), 0, 0)
                .setCount(0)
                .build());
        assertThat(row.average()).isNull();
        assertThat(row.min()).isNull();
        assertThat(row.max()).isNull();
    }

    @Test
    void registryOutageIsNoReject() {
        RecordDecoder cut = new RecordDecoder(
                (topic, bytes) -> {
                    throw new RegistryUnavailableException("away");
                },
                List.of(table), RecordDecoder.Foreign.SET_ASIDE);
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
