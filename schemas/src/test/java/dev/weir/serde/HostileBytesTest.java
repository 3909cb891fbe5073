package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileBytesTest {
    private static final String TOPIC = "weir.events";
    private static final long TWO_GIB = Integer.MAX_VALUE - 8L;

    private final AvroSerializer<Object> serializer = new AvroSerializer<>();
    private final AvroDeserializer<Object> deserializer = new AvroDeserializer<>();

    @BeforeEach
    void configure() {
        Map<String, Object> config = Map.of("schema.registry.url", "mock://hostile", "specific.avro.reader", true);
        serializer.configure(config, false);
        deserializer.configure(config, false);
    }

    @Test
    void everyTruncationIsUndecodable() {
        byte[] whole = written(Events.full());

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> deserializer.deserialize(TOPIC, part)).isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void truncatedBodySaysSo() {
        byte[] whole = written(Events.full());

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, Arrays.copyOf(whole, 5)))
                .hasMessage(
                        "body of a record of weir.events is 0 bytes, must be one dev.weir.events.MetricEvent: it ends early");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, Arrays.copyOf(whole, 3)))
                .hasMessage("record is 3 bytes, must be at least 5 to hold a schema id");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[0]))
                .hasMessage("record is empty, must begin with byte 0 and a schema id");
    }

    @Test
    void bytesAfterTheRecordAreUndecodable() {
        byte[] whole = written(Events.sparse());
        byte[] longer = Arrays.copyOf(whole, whole.length + 2);

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, longer))
                .isInstanceOf(UndecodableException.class)
                .hasMessageEndingWith("must be one dev.weir.events.MetricEvent: 2 bytes follow it");
    }

    @Test
    void anotherFirstByteIsUndecodable() {
        byte[] json = HexFormat.of().parseHex("7b7d");

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, json))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("first byte of the record is 0x7b, must be 0x00 (schema id) or 0x01 (schema GUID)");
    }

    @Test
    void stringOfTwoGibibytesIsUndecodable() throws IOException {
        byte[] bytes = header(
                "{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"}]}", TWO_GIB);

        assertUndecodable(bytes);
    }

    @Test
    void bytesOfTwoGibibytesAreUndecodable() throws IOException {
        assertUndecodable(header(
                "{\"type\":\"record\",\"name\":\"B\",\"fields\":[{\"name\":\"b\",\"type\":\"bytes\"}]}", TWO_GIB));
    }

    @Test
    void negativeLengthIsUndecodable() throws IOException {
        assertUndecodable(
                header("{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"}]}", -1));
    }

    @Test
    void arrayAndMapOfTwoBillionItemsAreUndecodable() throws IOException {
        assertUndecodable(header("{\"type\":\"array\",\"items\":\"long\"}", TWO_GIB));
        assertUndecodable(header("{\"type\":\"array\",\"items\":\"null\"}", TWO_GIB));
        assertUndecodable(header("{\"type\":\"map\",\"values\":\"long\"}", TWO_GIB));
    }

    @Test
    void recordNestedWithoutEndIsUndecodable() throws IOException {
        Schema nested = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}");
        byte[] bytes = Arrays.copyOf(header(nested.toString(), 1), 2_000_000);
        Arrays.fill(bytes, 5, bytes.length, (byte) 2);

        assertUndecodable(bytes);
    }

    @Test
    void noiseNeverEndsInAnotherFailure() {
        long seed = 20260301;
        Random random = new Random(seed);
        byte[] whole = written(Events.full());
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noisy = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                noisy[5 + random.nextInt(noisy.length - 5)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(deserializer.deserialize(TOPIC, noisy))
                        .as("seed %d", seed)
                        .isInstanceOf(MetricEvent.class);
                read++;
            } catch (UndecodableException e) {
                assertThat(e).hasMessageStartingWith("body of a record of weir.events is ");
            }
        }
        assertThat(read).as("flips within a value read well, seed %d", seed).isBetween(1_000, 19_000);
    }

    private byte[] written(MetricEvent event) {
        return Objects.requireNonNull(serializer.serialize(TOPIC, event));
    }

    private void assertUndecodable(byte[] bytes) {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes)).isInstanceOf(UndecodableException.class);
    }

    /** Returns a record that begins with the length, or count, and ends there. */
    private static byte[] header(String schema, long length) throws IOException {
        int id = SchemaRegistry.of(Map.of("schema.registry.url", "mock://hostile"))
                .register("hostile", new Schema.Parser().parse(schema));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, 0, 0, 0, (byte) id});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeLong(length);
        encoder.flush();
        return out.toByteArray();
    }
}
