package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events of any content that the schemas allow, valid or not. */
final class RandomEvents {
    private static final String[] TEXTS = {
        "", "a", "http_request_duration_seconds", "é", "😀😀", "\u0000", "x".repeat(64), "y".repeat(200), "\ud800 lone"
    };

    private static final List<MetricKind> KINDS = List.of(MetricKind.values());
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final Random random;

    RandomEvents(Random random) {
        this.random = random;
    }

    SpecificRecord next() {
        return switch (random.nextInt(3)) {
            case 0 -> event();
            case 1 -> batch(random.nextInt(random.nextInt(20) == 0 ? 2_000 : 8));
            default -> histogram();
        };
    }

    MetricEvent event() {
        return new MetricEvent(time(), text(), text(), kind(), value(), nullable(), outcome(), labels(), nullable());
    }

    MetricBatch batch(int size) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            measurements.add(
                    new Measurement(time(), text(), kind(), value(), nullable(), outcome(), labels(), nullable()));
        }
        return new MetricBatch(text(), labels(), measurements);
    }

    HistogramEvent histogram() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return new HistogramEvent(
                time(),
                text(),
                text(),
                nullable(),
                outcome(),
                labels(),
                ByteBuffer.wrap(bytes),
                random.nextBoolean() ? null : value(),
                nullable());
    }

    private Instant time() {
        long bits = random.nextLong() >> random.nextInt(64);
        return Instant.ofEpochMilli(bits);
    }

    private double value() {
        return random.nextBoolean() ? random.nextInt(1_000) / 8.0 : Double.longBitsToDouble(random.nextLong());
    }

    private MetricKind kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private @Nullable Outcome outcome() {
        return random.nextBoolean() ? null : OUTCOMES.get(random.nextInt(OUTCOMES.size()));
    }

    private @Nullable String nullable() {
        return random.nextBoolean() ? null : text();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            labels.put(text(), text());
        }
        return labels;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
