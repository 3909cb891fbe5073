package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;
import dev.weir.serde.SchemaRegistry;
import dev.weir.serde.UndecodableException;
import dev.weir.serde.UnknownSchemaException;
import java.util.Arrays;

/** The formats of the writers' schemas by their ids; each id is asked for once. Not thread-safe. */
final class WriterSchemas {
    private final SchemaRegistry registry;
    private final UnknownSchemas unknown;
    /* Few ids ever occur: searched one by one, the last hit first. */
    private int[] ids = new int[8];
    private EventFormat[] formats = new EventFormat[8];
    private int size;
    private int last;

    WriterSchemas(SchemaRegistry registry, UnknownSchemas unknown) {
        this.registry = registry;
        this.unknown = unknown;
    }

    /**
     * The format of what the schema with this id writes.
     *
     * @throws InvalidEventException if the registry does not know the id, or it is no schema that Avro can read
     * @throws dev.weir.serde.RegistryUnavailableException if the registry cannot be asked
     */
    EventFormat format(int id) throws InvalidEventException {
        if (size > 0 && ids[last] == id) {
            return formats[last];
        }
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                last = i;
                return formats[i];
            }
        }
        return ask(id);
    }

    private EventFormat ask(int id) throws InvalidEventException {
        unknown.check(id);
        EventFormat format;
        try {
            format = EventFormat.of(registry.schemaById(id));
        } catch (UnknownSchemaException e) {
            throw refused(id, RejectReason.UNKNOWN_SCHEMA, e);
        } catch (UndecodableException e) {
            throw refused(id, RejectReason.UNDECODABLE, e);
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            formats = Arrays.copyOf(formats, 2 * size);
        }
        ids[size] = id;
        formats[size] = format;
        last = size++;
        return format;
    }

    private InvalidEventException refused(int id, RejectReason reason, Exception why) {
        InvalidEventException refusal = new InvalidEventException(reason, String.valueOf(why.getMessage()));
        unknown.add(id, refusal);
        return refusal;
    }
}
