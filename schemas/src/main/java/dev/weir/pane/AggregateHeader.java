package dev.weir.pane;

import dev.weir.events.MetricKind;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;

/** The first byte of an {@link Aggregate}: {@code format << 4 | kind}. */
final class AggregateHeader {
    private static final int FORMAT = 3;
    private static final int FORMAT_SHIFT = 4;
    private static final int KIND_BITS = 15;

    private AggregateHeader() {}

    static void write(MetricKind kind, ByteOutput out) {
        int code = switch (kind) {
            case COUNT -> 0;
            case OBSERVATION -> 1;
            case GAUGE -> 2;
            case CUMULATIVE -> 3;
        };
        out.putByte(FORMAT << FORMAT_SHIFT | code);
    }

    static MetricKind read(ByteInput in) {
        if (in.remaining() == 0) {
            throw new IllegalArgumentException("aggregate is malformed: it has no bytes");
        }
        int header = in.getByte();
        if (header >> FORMAT_SHIFT != FORMAT) {
            throw new IllegalArgumentException(
                    "aggregate is malformed: format is " + (header >> FORMAT_SHIFT) + ", must be " + FORMAT);
        }
        return switch (header & KIND_BITS) {
            case 0 -> MetricKind.COUNT;
            case 1 -> MetricKind.OBSERVATION;
            case 2 -> MetricKind.GAUGE;
            case 3 -> MetricKind.CUMULATIVE;
            default ->
                throw new IllegalArgumentException(
                        "aggregate is malformed: code of its kind is " + (header & KIND_BITS) + ", must be 0 to 3");
        };
    }

    static IllegalArgumentException malformed(IllegalArgumentException cause) {
        return new IllegalArgumentException("aggregate is malformed: " + cause.getMessage(), cause);
    }
}
