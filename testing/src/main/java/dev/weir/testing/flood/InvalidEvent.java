package dev.weir.testing.flood;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.rejected.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Single events that each break one rule. */
enum InvalidEvent {
    NOT_A_NUMBER(RejectReason.INVALID_VALUE) {
        @Override
        void spoil(MetricEvent.Builder event) {
            event.setValue(Double.NaN);
        }
    },
    NEGATIVE(RejectReason.INVALID_VALUE) {
        @Override
        void spoil(MetricEvent.Builder event) {
            event.setKind(MetricKind.COUNT).setValue(-1);
        }
    },
    BAD_METRIC(RejectReason.INVALID_NAME) {
        @Override
        void spoil(MetricEvent.Builder event) {
            event.setMetric("flood requests");
        }
    },
    OWN_LABEL(RejectReason.INVALID_LABEL) {
        @Override
        void spoil(MetricEvent.Builder event) {
            event.setLabels(Map.of("outcome", "fine"));
        }
    },
    MANY_LABELS(RejectReason.TOO_MANY_LABELS) {
        @Override
        void spoil(MetricEvent.Builder event) {
            Map<String, String> labels = new HashMap<>();
            for (int i = 0; i < 40; i++) {
                labels.put("l" + i, "x");
            }
            event.setLabels(labels);
        }
    },
    CUT_SHORT(RejectReason.UNDECODABLE) {
        @Override
        byte[] bytes(MetricEvent.Builder event, Encoder<MetricEvent> encoder, SchemaIds ids) {
            byte[] whole = encoder.encode(event.build());
            byte[] cut = new byte[whole.length / 2];
            System.arraycopy(whole, 0, cut, 0, cut.length);
            return cut;
        }
    },
    NO_MAGIC(RejectReason.UNDECODABLE) {
        @Override
        byte[] bytes(MetricEvent.Builder event, Encoder<MetricEvent> encoder, SchemaIds ids) {
            return "{\"metric\":\"flood\"}".getBytes(StandardCharsets.UTF_8);
        }
    },
    NO_SCHEMA(RejectReason.UNKNOWN_SCHEMA) {
        @Override
        byte[] bytes(MetricEvent.Builder event, Encoder<MetricEvent> encoder, SchemaIds ids) {
            return withId(encoder.encode(event.build()), SchemaIds.UNKNOWN);
        }
    },
    NO_EVENT(RejectReason.UNSUPPORTED_SCHEMA) {
        @Override
        byte[] bytes(MetricEvent.Builder event, Encoder<MetricEvent> encoder, SchemaIds ids) {
            // A string of two letters, as the schema says.
            return withId(new byte[] {0, 0, 0, 0, 0, 4, 'n', 'o'}, ids.unsupported());
        }
    };

    private static final InvalidEvent[] ALL = values();

    private final RejectReason reason;

    InvalidEvent(RejectReason reason) {
        this.reason = reason;
    }

    static InvalidEvent of(long bits) {
        return ALL[(int) ((bits >>> 1) % ALL.length)];
    }

    RejectReason reason() {
        return reason;
    }

    /** Breaks the rule, where it is one of fields. */
    void spoil(MetricEvent.Builder event) {}

    byte[] bytes(MetricEvent.Builder event, Encoder<MetricEvent> encoder, SchemaIds ids) {
        spoil(event);
        return encoder.encode(event.build());
    }

    static byte[] encode(long bits, Instant time, String service, Encoder<MetricEvent> encoder, SchemaIds ids) {
        MetricEvent.Builder event = MetricEvent.newBuilder()
                .setTimestamp(time)
                .setService(service)
                .setMetric("flood_faulty_total")
                .setKind(MetricKind.COUNT)
                .setValue(1)
                .setOutcome(Outcome.SUCCESS)
                .setLabels(Map.of());
        return of(bits).bytes(event, encoder, ids);
    }

    private static byte[] withId(byte[] record, int id) {
        ByteBuffer.wrap(record).putInt(1, id);
        return record;
    }
}
