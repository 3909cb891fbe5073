package dev.weir.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.time.Watermark;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShuffledSerdeTest {
    private static final Series PLAIN = Series.of("m", "s", Map.of(), MetricKind.COUNT, null);
    private static final Series HOSTILE = Series.of(
            "m:_9", "é\"\\\n😀{},", Map.of("a", "\u0001=\"x\"", "b", "ü".repeat(70_000)), MetricKind.OBSERVATION, "");
    private static final Coordinates SOURCE = new Coordinates(3, Long.MAX_VALUE, Coordinates.WHOLE_RECORD, 17);

    static Stream<Shuffled> messages() {
        ByteBuffer sketch = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        return Stream.of(
                event(PLAIN, 1.5, null, null, null),
                event(HOSTILE, -0.0, Outcome.MISS, null, new Original(-1, ByteBuffer.allocate(0))),
                event(HOSTILE, 0, Outcome.ERROR, new SeriesEvent.Observed(sketch, null), Original.NONE),
                event(HOSTILE, 0, null, new SeriesEvent.Observed(sketch, Double.MIN_VALUE), null),
                event(PLAIN, 0, null, null, new Original(100_000, ByteBuffer.wrap(new byte[70_000]))),
                new Shuffled.Time(
                        new Watermark(2, 5, Watermark.UNKNOWN, true, 99), new Announcement(-7, Long.MIN_VALUE)),
                new Shuffled.Time(new Watermark(0, 1, 42, false, Long.MAX_VALUE), new Announcement(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsReadAsItWasWritten(Shuffled message) {
        assertThat(ShuffledSerde.decode(ShuffledSerde.encode(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageCutShortIsRefused(Shuffled message) {
        byte[] bytes = ShuffledSerde.encode(message);
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 200) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ShuffledSerde.decode(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("message of " + cut.length + " bytes is cut short");
        }
    }

    @Test
    void ruleInputsCarryTheirPack() {
        Aggregate aggregate = new Aggregate(MetricKind.OBSERVATION, SketchRange.of("m", "s"));
        aggregate.record(5, 0.25, Outcome.SUCCESS);
        DeltaPack.Writer writer = new DeltaPack.Writer();
        writer.begin(10_000, false);
        writer.add(SeriesCodec.encode(HOSTILE), aggregate);
        Shuffled.RuleInputs inputs = new Shuffled.RuleInputs("ü.yml/g\n", writer.toByteArray());

        assertThat(ShuffledSerde.decode(ShuffledSerde.encode(inputs)))
                .isInstanceOfSatisfying(Shuffled.RuleInputs.class, read -> {
                    assertThat(read.group()).isEqualTo(inputs.group());
                    DeltaPack.Cursor cursor = new DeltaPack.Cursor().open(read.pack());
                    assertThat(cursor.startMs()).isEqualTo(10_000);
                    assertThat(cursor.next()).isTrue();
                    assertThat(SeriesCodec.decode(
                                    Arrays.copyOfRange(cursor.array(), cursor.seriesFrom(), cursor.seriesTo())))
                            .isEqualTo(HOSTILE);
                    assertThat(cursor.aggregate().encode()).isEqualTo(aggregate.encode());
                    assertThat(cursor.next()).isFalse();
                });
    }

    @Test
    void movedStateComesFromAPartition() {
        MovedState moved = new MovedState(3, 2, 60_000, MovedState.Kind.ALERT, "ü.yml/g/A#1\0f", new byte[] {1, 2});
        assertThat(ShuffledSerde.decode(ShuffledSerde.encode(moved))).isInstanceOfSatisfying(MovedState.class, read -> {
            assertThat(read.from()).isEqualTo(2);
            assertThat(read.changeMs()).isEqualTo(60_000);
            assertThat(read.kind()).isEqualTo(MovedState.Kind.ALERT);
            assertThat(read.key()).isEqualTo(moved.key());
            assertThat(read.value()).isEqualTo(moved.value());
        });
    }

    @Test
    void packOfDeltasIsItsOwnMessage() {
        DeltaPack.Writer writer = new DeltaPack.Writer();
        writer.begin(20_000, true);
        byte[] pack = writer.toByteArray();

        assertThat(ShuffledSerde.encode(new Shuffled.Deltas(3, pack))).isSameAs(pack);
        assertThat(ShuffledSerde.decode(pack))
                .isInstanceOfSatisfying(
                        Shuffled.Deltas.class, read -> assertThat(read.pack()).isSameAs(pack));
    }

    @Test
    void foreignRecordIsRefused() {
        assertThatThrownBy(() -> ShuffledSerde.decode(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message type is 9, must be 1 to 5 (an internal topic holds foreign records)");
    }

    private static Shuffled event(
            Series series,
            double value,
            @Nullable Outcome outcome,
            SeriesEvent.@Nullable Observed observed,
            @Nullable Original original) {
        return new SeriesEvent(
                series,
                12_345,
                value,
                outcome,
                observed,
                original != null,
                SOURCE,
                original,
                original == null ? null : "id-😀");
    }
}
