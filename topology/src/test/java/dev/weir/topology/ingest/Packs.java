package dev.weir.topology.ingest;

import dev.weir.topology.source.RecordPack;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Packs of input records, short to write. */
final class Packs {
    static final long OFFSET = 41;
    static final long BROKER_MS = 1_700_000_000_000L;

    private Packs() {}

    /** A pack of these values, from {@link #OFFSET}, all written at {@link #BROKER_MS}. */
    static byte[] of(byte[]... values) {
        RecordPack.Writer writer = new RecordPack.Writer();
        for (int i = 0; i < values.length; i++) {
            writer.add(OFFSET + i, BROKER_MS, new RecordHeaders(), values[i]);
        }
        return writer.take();
    }

    /** A cursor that stands on a record of this value. */
    static RecordPack.Cursor on(byte @Nullable [] value) {
        return on(value, new RecordHeaders());
    }

    static RecordPack.Cursor on(byte @Nullable [] value, Headers headers) {
        RecordPack.Writer writer = new RecordPack.Writer();
        writer.add(OFFSET, BROKER_MS, headers, value);
        RecordPack.Cursor cursor = new RecordPack.Cursor().open(writer.take());
        cursor.next();
        return cursor;
    }
}
