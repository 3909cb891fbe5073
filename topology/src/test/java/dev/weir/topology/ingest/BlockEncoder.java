package dev.weir.topology.ingest;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Avro's encoding of events with their maps and arrays in blocks of any size, with and without lengths in bytes. */
final class BlockEncoder {
    private final Random random;
    private ByteArrayOutputStream out = new ByteArrayOutputStream();

    BlockEncoder(Random random) {
        this.random = random;
    }

    byte[] encode(MetricEvent event) {
        out.reset();
        number(event.getTimestamp().toEpochMilli());
        text(event.getService());
        text(event.getMetric());
        symbol(event.getKind());
        value(event.getValue());
        nullable(event.getUnit());
        outcome(event.getOutcome());
        texts(event.getLabels());
        nullable(event.getEventId());
        return out.toByteArray();
    }

    byte[] encode(MetricBatch batch) {
        out.reset();
        text(batch.getService());
        texts(batch.getLabels());
        blocks(batch.getMeasurements(), this::measurement);
        return out.toByteArray();
    }

    private void measurement(Measurement one) {
        number(one.getTimestamp().toEpochMilli());
        text(one.getMetric());
        symbol(one.getKind());
        value(one.getValue());
        nullable(one.getUnit());
        outcome(one.getOutcome());
        texts(one.getLabels());
        nullable(one.getEventId());
    }

    private void texts(Map<String, String> texts) {
        blocks(List.copyOf(texts.entrySet()), entry -> {
            text(entry.getKey());
            text(entry.getValue());
        });
    }

    private <T> void blocks(List<T> items, Consumer<T> writer) {
        for (int from = 0; from < items.size(); ) {
            int count = 1 + random.nextInt(items.size() - from);
            ByteArrayOutputStream outer = out;
            out = new ByteArrayOutputStream();
            items.subList(from, from + count).forEach(writer);
            byte[] block = out.toByteArray();
            out = outer;
            if (random.nextBoolean()) {
                number(-count);
                number(block.length);
            } else {
                number(count);
            }
            out.writeBytes(block);
            from += count;
        }
        number(0);
    }

    private void outcome(@Nullable Outcome outcome) {
        number(outcome == null ? 0 : 1);
        if (outcome != null) {
            symbol(outcome);
        }
    }

    private <E extends Enum<E>> void symbol(E symbol) {
        number(List.of(symbol.getDeclaringClass().getEnumConstants()).indexOf(symbol));
    }

    private void nullable(@Nullable String text) {
        number(text == null ? 0 : 1);
        if (text != null) {
            text(text);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void value(double value) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }

    private void number(long number) {
        long rest = number << 1 ^ number >> 63;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
