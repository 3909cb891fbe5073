package dev.weir.topology.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.topology.source.RecordPack.Cursor;
import dev.weir.topology.source.RecordPack.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class RecordPackTest {
    private static final RecordHeaders NONE = new RecordHeaders();

    private final Writer writer = new Writer();
    private final Cursor cursor = new Cursor();

    @Test
    void emptyPackHasNoRecord() {
        assertThat(cursor.open(writer.take()).next()).isFalse();
    }

    @Test
    void recordsAreReadAsTheyWereAdded() {
        writer.add(Long.MAX_VALUE - 5, 1_700_000_000_000L, NONE, bytes("first"));
        writer.add(Long.MAX_VALUE - 1, -1, NONE, null);
        writer.add(Long.MAX_VALUE, 5, NONE, bytes(""));
        assertThat(writer.records()).isEqualTo(3);
        cursor.open(writer.take());
        assertRecord(Long.MAX_VALUE - 5, 1_700_000_000_000L, "first");
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.isNull()).isTrue();
        assertThat(cursor.timestampMs()).isEqualTo(-1);
        assertRecord(Long.MAX_VALUE, 5, "");
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void writerIsEmptyAfterItsPackWasTaken() {
        writer.add(10, 10, NONE, bytes("x"));
        writer.take();
        assertThat(writer.records()).isZero();
        writer.add(3, 4, NONE, bytes("y"));
        cursor.open(writer.take());
        assertRecord(3, 4, "y");
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void headersBelongToTheirRecordOnly() {
        writer.add(
                0,
                0,
                new RecordHeaders().add("a", bytes("1")).add("ü", new byte[0]).add("none", null),
                bytes("x"));
        writer.add(1, 0, NONE, bytes("y"));
        cursor.open(writer.take());
        cursor.next();
        assertThat(cursor.headers().toArray()).hasSize(3);
        assertThat(cursor.headers().lastHeader("a").value()).isEqualTo(bytes("1"));
        assertThat(cursor.headers().lastHeader("ü").value()).isEmpty();
        assertThat(cursor.headers().lastHeader("none").value()).isNull();
        cursor.next();
        assertThat(cursor.headers().toArray()).isEmpty();
    }

    @Test
    void packThatEndsInsideARecordIsRefused() {
        writer.add(1_000, 1_000, new RecordHeaders().add("h", bytes("v")), bytes("value"));
        byte[] pack = writer.take();
        for (int length = 1; length < pack.length; length++) {
            byte[] cut = Arrays.copyOf(pack, length);
            assertThatThrownBy(() -> cursor.open(cut).next()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anyRecordsComeBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int records = 2_000;
        byte[][] values = new byte[records][];
        long[] times = new long[records];
        for (int i = 0; i < records; i++) {
            values[i] = new byte[random.nextInt(300)];
            random.nextBytes(values[i]);
            times[i] = random.nextLong();
            writer.add(7L * i, times[i], NONE, values[i]);
        }
        cursor.open(writer.take());
        for (int i = 0; i < records; i++) {
            assertThat(cursor.next()).as("seed %s", seed).isTrue();
            assertThat(cursor.offset()).as("seed %s", seed).isEqualTo(7L * i);
            assertThat(cursor.timestampMs()).as("seed %s", seed).isEqualTo(times[i]);
            assertThat(Arrays.copyOfRange(cursor.array(), cursor.from(), cursor.to()))
                    .as("seed %s", seed)
                    .isEqualTo(values[i]);
        }
    }

    private void assertRecord(long offset, long timestampMs, String value) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.offset()).isEqualTo(offset);
        assertThat(cursor.timestampMs()).isEqualTo(timestampMs);
        assertThat(cursor.isNull()).isFalse();
        assertThat(Arrays.copyOfRange(cursor.array(), cursor.from(), cursor.to()))
                .isEqualTo(bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
