package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.serde.AvroSerializer;
import dev.weir.serde.SchemaRegistry;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The view of a record against Avro's own decoder: what it accepts has the same fields, and good records are accepted. */
final class EventViewTest {
    private static final int PREFIX = 5;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RandomEvents events = new RandomEvents(random);
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final EventReader reader = reader();
    private final Encodings known = new Encodings();
    private final Map<ByteBuffer, IngestSeries> seriesByIdentity = new HashMap<>();

    EventViewTest() {
        serializer.configure(TestSettings.SERDE, false);
    }

    private static EventReader reader() {
        return new EventReader(
                "events",
                EventLimits.DEFAULTS,
                SchemaRegistry.of(TestSettings.SERDE),
                InstantSource.system(),
                TestSettings.deserializer());
    }

    @Test
    void viewHasTheFieldsThatAvroReads() {
        for (int i = 0; i < 1_500; i++) {
            byte[] value = encode(events.next());
            assertThat(viewed(value))
                    .as("seed %s, event %s", seed, i)
                    .isNotNull()
                    .isEqualTo(decoded(value));
        }
    }

    @Test
    void viewReadsBlocksOfAnySizeWithAndWithoutTheirLength() {
        BlockEncoder encoder = new BlockEncoder(random);
        for (int i = 0; i < 1_000; i++) {
            MetricEvent event = events.event();
            MetricBatch batch = events.batch(random.nextInt(8));
            assertThat(bothWays(event, encoder.encode(event)))
                    .as("seed %s, event %s", seed, i)
                    .isTrue();
            assertThat(bothWays(batch, encoder.encode(batch)))
                    .as("seed %s, batch %s", seed, i)
                    .isTrue();
        }
    }

    @Test
    void eventsInTheOrderOfTheLastTimeAreSeenAlike() {
        List<MetricEvent> cycle = Stream.generate(events::event).limit(5).toList();
        int guessed = 0;
        for (int i = 0; i < 3_000; i++) {
            MetricEvent event = random.nextInt(20) == 0 ? events.event() : again(cycle.get(i % cycle.size()));
            byte[] value = encode(event);
            guessed += known.likely() == null ? 0 : 1;
            if (random.nextInt(20) == 0) {
                value = broken(value);
                List<Candidate> viewed = viewed(value);
                assertThat(viewed == null || viewed.equals(decoded(value)))
                        .as("seed %s, event %s", seed, i)
                        .isTrue();
            } else {
                assertThat(viewed(value)).as("seed %s, event %s", seed, i).isEqualTo(decoded(value));
            }
        }
        assertThat(guessed).as("seed %s", seed).isGreaterThan(500);
    }

    @Test
    void batchesOfTheSameSeriesAreSeenAlike() {
        MetricBatch batch = events.batch(20);
        for (int i = 0; i < 200; i++) {
            List<Measurement> measurements = new ArrayList<>(batch.getMeasurements());
            if (i % 5 == 4) {
                Collections.swap(measurements, random.nextInt(20), random.nextInt(20));
            }
            String service = i % 7 == 6 ? "another" : batch.getService();
            byte[] value = encode(new MetricBatch(service, batch.getLabels(), measurements));
            assertThat(viewed(value)).as("seed %s, batch %s", seed, i).isEqualTo(decoded(value));
        }
    }

    /** The same series, with all else anew. */
    private MetricEvent again(MetricEvent event) {
        MetricEvent other = events.event();
        return new MetricEvent(
                other.getTimestamp(),
                event.getService(),
                event.getMetric(),
                event.getKind(),
                other.getValue(),
                event.getUnit(),
                other.getOutcome(),
                event.getLabels(),
                other.getEventId());
    }

    private boolean bothWays(SpecificRecord plain, byte[] body) {
        byte[] whole = encode(plain);
        byte[] value = Arrays.copyOf(whole, PREFIX + body.length);
        System.arraycopy(body, 0, value, PREFIX, body.length);
        List<Candidate> viewed = viewed(value);
        return viewed != null && viewed.equals(decoded(value)) && viewed.equals(decoded(whole));
    }

    @Test
    void identitiesAreEqualWhereTheFieldsThatNameTheSeriesAre() {
        MetricEvent one = events.event();
        MetricEvent other = new MetricEvent(
                one.getTimestamp().plusMillis(77),
                one.getService(),
                one.getMetric(),
                one.getKind(),
                one.getValue() + 1,
                one.getUnit(),
                one.getOutcome() == null ? Outcome.HIT : null,
                one.getLabels(),
                "another id");
        assertThat(identity(encode(other))).as("seed %s", seed).isEqualTo(identity(encode(one)));
        MetricEvent otherUnit = new MetricEvent(
                one.getTimestamp(),
                one.getService(),
                one.getMetric(),
                one.getKind(),
                one.getValue(),
                one.getUnit() + "x",
                one.getOutcome(),
                one.getLabels(),
                one.getEventId());
        assertThat(identity(encode(otherUnit))).as("seed %s", seed).isNotEqualTo(identity(encode(one)));
    }

    private byte[] identity(byte[] value) {
        EventView view = new EventView();
        assertThat(view.parse(EventFormat.METRIC_EVENT, value, PREFIX, value.length, 1, known))
                .isTrue();
        return Arrays.copyOf(view.identity(), view.identify(0));
    }

    @Test
    void brokenBytesHaveTheVerdictOfAvro() {
        int accepted = 0;
        for (int i = 0; i < 8_000; i++) {
            byte[] value = broken(encode(events.next()));
            List<Candidate> viewed = viewed(value);
            if (viewed != null) {
                accepted++;
                assertThat(viewed).as("seed %s, event %s", seed, i).isEqualTo(decoded(value));
            } else {
                // Never anything but a list or a refusal.
                decoded(value);
            }
        }
        assertThat(accepted).as("seed %s", seed).isBetween(1, 7_999);
    }

    @Test
    void randomBytesHaveTheVerdictOfAvro() {
        byte[][] prefixes = {encode(events.event()), encode(events.batch(1)), encode(events.histogram())};
        for (int i = 0; i < 20_000; i++) {
            byte[] value = new byte[PREFIX + random.nextInt(60)];
            for (int at = 0; at < value.length; at++) {
                value[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(8));
            }
            System.arraycopy(prefixes[i % 3], 0, value, 0, PREFIX);
            List<Candidate> viewed = viewed(value);
            if (viewed != null) {
                assertThat(viewed)
                        .as("seed %s, bytes %s", seed, Arrays.toString(value))
                        .isEqualTo(decoded(value));
            }
        }
    }

    @Test
    void trailingBytesAreRefused() {
        for (int i = 0; i < 100; i++) {
            byte[] value = encode(events.next());
            byte[] longer = Arrays.copyOf(value, value.length + 1);
            assertThat(viewed(longer)).isNull();
            assertThat(decoded(longer)).isNull();
        }
    }

    @Test
    void everyTruncationHasTheVerdictOfAvro() {
        for (int i = 0; i < 200; i++) {
            byte[] value = encode(events.event());
            for (int length = 0; length < value.length; length++) {
                assertThat(viewed(Arrays.copyOf(value, length)))
                        .as("seed %s", seed)
                        .isNull();
            }
        }
    }

    @Test
    void recordWithItsSchemaInAHeaderIsLeftToAvro() throws InvalidEventException {
        byte[] value = encode(events.event());
        RecordHeaders headers = new RecordHeaders();
        headers.add("__value_schema_id", Arrays.copyOf(value, PREFIX));
        ConsumerRecord<byte[], ByteBuffer> record =
                Packs.record(Packs.OFFSET, Packs.BROKER_MS, headers, Arrays.copyOfRange(value, PREFIX, value.length));
        assertThat(reader.view(record, known)).isNull();
        assertThat(reader.read(record)).isEqualTo(viewed(value));
    }

    @Test
    void recordOfAnOlderSchemaIsLeftToAvro() throws InvalidEventException {
        Schema current = MetricEvent.getClassSchema();
        List<Schema.Field> fields = current.getFields().stream()
                .filter(field -> !field.name().equals("event_id"))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema older = Schema.createRecord(current.getName(), null, current.getNamespace(), false, fields);
        GenericRecord event = new GenericData.Record(older);
        MetricEvent source = events.event();
        older.getFields().forEach(field -> event.put(field.name(), source.get(field.name())));
        event.put("timestamp", source.getTimestamp().toEpochMilli());
        AvroSerializer<GenericRecord> generic = new AvroSerializer<>();
        generic.configure(TestSettings.SERDE, false);
        byte[] value = Objects.requireNonNull(generic.serialize("events", event));
        assertThat(reader.view(Packs.record(value), known)).isNull();
        assertThat(reader.read(Packs.record(value))).singleElement().satisfies(read -> {
            assertThat(read.metric()).isEqualTo(source.getMetric());
            assertThat(read.labels()).isEqualTo(source.getLabels());
            assertThat(read.eventId()).isNull();
        });
    }

    @Test
    void batchBeyondTheLimitIsLeftToTheReader() {
        byte[] value = encode(events.batch(100));
        EventView view = new EventView();
        assertThat(view.parse(EventFormat.METRIC_BATCH, value, PREFIX, value.length, 100, known))
                .isTrue();
        assertThat(view.size()).isEqualTo(100);
        assertThat(view.parse(EventFormat.METRIC_BATCH, value, PREFIX, value.length, 99, known))
                .isFalse();
    }

    @Test
    void hugeCountsInFewBytesTakeNoMemory() {
        byte[] value = encode(events.batch(0));
        byte[] body = {0, 0, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] huge = Arrays.copyOf(value, PREFIX + body.length);
        System.arraycopy(body, 0, huge, PREFIX, body.length);
        assertThat(viewed(huge)).isNull();
    }

    /** Cut, flipped, overwritten or doubled, behind the schema id. */
    private byte[] broken(byte[] value) {
        if (value.length == PREFIX) {
            return value;
        }
        int at = PREFIX + random.nextInt(value.length - PREFIX);
        byte[] copy = value.clone();
        switch (random.nextInt(4)) {
            case 0 -> copy = Arrays.copyOf(value, at);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy[at] = (byte) random.nextInt(256);
            default -> copy = Arrays.copyOf(value, value.length + random.nextInt(10));
        }
        return copy;
    }

    private byte[] encode(SpecificRecord event) {
        return Objects.requireNonNull(serializer.serialize("events", event));
    }

    private @Nullable List<Candidate> viewed(byte[] value) {
        try {
            ConsumerRecord<byte[], ByteBuffer> record = Packs.record(value);
            EventView view = reader.view(record, known);
            if (view == null) {
                return null;
            }
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < view.size(); i++) {
                candidates.add(view.candidate(i));
            }
            checkSeries(view);
            return candidates;
        } catch (InvalidEventException e) {
            return null;
        }
    }

    /** Each is found if its identity has been seen in another record. */
    private void checkSeries(EventView view) {
        List<byte[]> unknown = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            int length = view.identify(i);
            byte[] identity = Arrays.copyOf(view.identity(), length);
            IngestSeries expected = seriesByIdentity.get(ByteBuffer.wrap(identity));
            assertThat(view.isHistogram(i) ? expected : view.series(i))
                    .as("seed %s", seed)
                    .isSameAs(expected);
            if (expected == null) {
                unknown.add(identity);
            }
        }
        for (byte[] identity : unknown) {
            ByteBuffer key = ByteBuffer.wrap(identity);
            if (!seriesByIdentity.containsKey(key)) {
                IngestSeries series = series();
                seriesByIdentity.put(key, series);
                known.add(identity, identity.length, series);
            }
        }
    }

    private static IngestSeries series() {
        return new IngestSeries(
                Series.of("m", "s", Map.of(), MetricKind.COUNT, null),
                new byte[0],
                0,
                SketchRange.of("m", null),
                false,
                false);
    }

    private @Nullable List<Candidate> decoded(byte[] value) {
        try {
            return reader.read(Packs.record(value));
        } catch (InvalidEventException e) {
            return null;
        }
    }
}
