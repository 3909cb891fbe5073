package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.rejected.RejectReason;
import dev.weir.serde.RegistryUnavailableException;
import dev.weir.serde.SchemaRegistry;
import dev.weir.serde.UnknownSchemaException;
import dev.weir.testing.clock.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class WriterSchemasTest {
    private final ManualClock wall = new ManualClock(Instant.EPOCH);
    private final CountingRegistry registry = new CountingRegistry();
    private final WriterSchemas schemas = new WriterSchemas(registry, new UnknownSchemas(wall));

    @Test
    void currentSchemasAreTheirFormatsWhateverTheirDocs() throws InvalidEventException {
        registry.byId.put(1, plain(MetricEvent.getClassSchema()));
        registry.byId.put(2, plain(MetricBatch.getClassSchema()));
        registry.byId.put(3, plain(HistogramEvent.getClassSchema()));
        assertThat(schemas.format(1)).isEqualTo(EventFormat.METRIC_EVENT);
        assertThat(schemas.format(2)).isEqualTo(EventFormat.METRIC_BATCH);
        assertThat(schemas.format(3)).isEqualTo(EventFormat.HISTOGRAM_EVENT);
    }

    @Test
    void anyOtherSchemaIsAnotherFormat() {
        String current = MetricEvent.getClassSchema().toString();
        for (String other : new String[] {
            "\"string\"",
            current.replace("\"MetricEvent\"", "\"Other\""),
            current.replace("timestamp-millis", "timestamp-micros"),
            current.replace("\"COUNT\",\"OBSERVATION\"", "\"OBSERVATION\",\"COUNT\""),
            current.replace("\"name\":\"metric\",\"type\"", "\"name\":\"metrik\",\"type\""),
            current.replace("\"type\":\"double\"", "\"type\":\"float\"")
        }) {
            assertThat(other).isNotEqualTo(current);
            assertThat(EventFormat.of(new Schema.Parser().parse(other)))
                    .as(other)
                    .isEqualTo(EventFormat.OTHER);
        }
    }

    @Test
    void eachIdIsAskedForOnce() throws InvalidEventException {
        for (int id = 1; id <= 40; id++) {
            registry.byId.put(id, MetricEvent.getClassSchema());
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(schemas.format(1 + i * 7 % 40)).isEqualTo(EventFormat.METRIC_EVENT);
        }
        assertThat(registry.asked).isEqualTo(40);
    }

    @Test
    void unknownIdIsAskedForAgainAfterAWhile() throws InvalidEventException {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> schemas.format(9))
                    .isInstanceOfSatisfying(
                            InvalidEventException.class,
                            e -> assertThat(e.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA));
        }
        assertThat(registry.asked).isOne();
        registry.byId.put(9, MetricEvent.getClassSchema());
        wall.advance(UnknownSchemas.KEPT.minus(Duration.ofMillis(1)));
        assertThatThrownBy(() -> schemas.format(9)).isInstanceOf(InvalidEventException.class);
        wall.advance(Duration.ofMillis(1));
        assertThat(schemas.format(9)).isEqualTo(EventFormat.METRIC_EVENT);
        assertThat(registry.asked).isEqualTo(2);
    }

    @Test
    void unknownIdsAreBounded() {
        for (int id = 0; id <= UnknownSchemas.MOST; id++) {
            int one = id;
            assertThatThrownBy(() -> schemas.format(one)).isInstanceOf(InvalidEventException.class);
        }
        int before = registry.asked;
        assertThatThrownBy(() -> schemas.format(UnknownSchemas.MOST)).isInstanceOf(InvalidEventException.class);
        assertThat(registry.asked).isEqualTo(before);
        assertThatThrownBy(() -> schemas.format(0)).isInstanceOf(InvalidEventException.class);
        assertThat(registry.asked).isEqualTo(before + 1);
    }

    @Test
    void outageIsNoAnswer() throws InvalidEventException {
        registry.byId.put(1, MetricEvent.getClassSchema());
        registry.down = true;
        assertThatThrownBy(() -> schemas.format(1)).isInstanceOf(RegistryUnavailableException.class);
        registry.down = false;
        assertThat(schemas.format(1)).isEqualTo(EventFormat.METRIC_EVENT);
    }

    private static Schema plain(Schema schema) {
        return new Schema.Parser()
                .parse(schema.toString()
                        .replace(",\"avro.java.string\":\"String\"", "")
                        .replace("\"doc\":\"", "\"doc\":\"Another. "));
    }

    private static final class CountingRegistry implements SchemaRegistry {
        private final Map<Integer, Schema> byId = new HashMap<>();
        private int asked;
        private boolean down;

        @Override
        public Schema schemaById(int id) {
            asked++;
            if (down) {
                throw new RegistryUnavailableException("registry is down");
            }
            Schema schema = byId.get(id);
            if (schema == null) {
                throw new UnknownSchemaException("schema id is " + id + ", must be registered");
            }
            return schema;
        }

        @Override
        public int register(String subject, Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int idOf(String subject, Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registered latest(String subject) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Schema schemaByGuid(UUID guid) {
            throw new UnsupportedOperationException();
        }
    }
}
