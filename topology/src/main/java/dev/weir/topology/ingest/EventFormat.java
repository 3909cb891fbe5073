package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import java.util.Objects;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** How the bytes of a record's body are laid out, as far as {@link EventView} can read them. */
enum EventFormat {
    METRIC_EVENT(1),
    METRIC_BATCH(2),
    HISTOGRAM_EVENT(3),
    /** Anything else: an older or newer version of the three, a foreign schema. */
    OTHER(0);

    private final byte tag;

    EventFormat(int tag) {
        this.tag = (byte) tag;
    }

    /** A byte of its own. */
    byte tag() {
        return tag;
    }

    /** The format of a writer's schema: names, order and types of fields as in the current version, docs and defaults aside. */
    static EventFormat of(Schema writer) {
        if (isCurrent(writer, MetricEvent.getClassSchema())) {
            return METRIC_EVENT;
        } else if (isCurrent(writer, MetricBatch.getClassSchema())) {
            return METRIC_BATCH;
        }
        return isCurrent(writer, HistogramEvent.getClassSchema()) ? HISTOGRAM_EVENT : OTHER;
    }

    private static boolean isCurrent(Schema writer, Schema current) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(current))
                && sameLogicalTypes(current, writer);
    }

    /** The canonical form leaves logical types out. The two schemas are equal in all it holds, and none is recursive. */
    private static boolean sameLogicalTypes(Schema one, Schema other) {
        if (!Objects.equals(name(one.getLogicalType()), name(other.getLogicalType()))) {
            return false;
        }
        return switch (one.getType()) {
            case RECORD ->
                one.getFields().stream()
                        .allMatch(field -> sameLogicalTypes(
                                field.schema(),
                                other.getFields().get(field.pos()).schema()));
            case ARRAY -> sameLogicalTypes(one.getElementType(), other.getElementType());
            case MAP -> sameLogicalTypes(one.getValueType(), other.getValueType());
            case UNION -> {
                boolean same = true;
                for (int i = 0; i < one.getTypes().size(); i++) {
                    same &= sameLogicalTypes(
                            one.getTypes().get(i), other.getTypes().get(i));
                }
                yield same;
            }
            default -> true;
        };
    }

    private static @Nullable String name(@Nullable LogicalType type) {
        return type == null ? null : type.getName();
    }
}
