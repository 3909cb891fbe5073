package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.Arrays;

/** The bytes of one closed window of many series, each with its revision. */
final class WindowPack {
    /*
     * Layout of an entry: length of what follows, length of the bytes of the series, these bytes, varint revision, and the
     * aggregate as it writes itself.
     */
    private WindowPack() {}

    /** Appends entries. Not thread-safe. */
    static final class Writer {
        private final ByteOutput out = new ByteOutput(1 << 10);
        private final ByteOutput entry = new ByteOutput(1 << 8);

        void add(byte[] series, long revision, Aggregate aggregate) {
            entry.clear();
            entry.putVarLong(series.length);
            entry.putBytes(series, 0, series.length);
            entry.putVarLong(revision);
            aggregate.writeTo(entry);
            out.putVarLong(entry.size());
            out.putBytes(entry.array(), 0, entry.size());
        }

        /** Adds the entry on which the cursor stands. */
        void copy(Cursor cursor) {
            int length = cursor.to - cursor.from;
            out.putVarLong(length);
            out.putBytes(cursor.pack, cursor.from, cursor.to);
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }

    /** Walks over the entries. Not thread-safe. */
    static final class Cursor {
        private final byte[] pack;
        private final ByteInput in = new ByteInput();
        private final ByteInput aggregate = new ByteInput();
        private int from;
        private int to;
        private int seriesFrom;
        private int seriesTo;
        private long revision;

        Cursor(byte[] pack) {
            this.pack = pack;
            in.wrap(pack);
        }

        boolean next() {
            if (in.remaining() == 0) {
                return false;
            }
            from = in.skip(in.getLength());
            to = in.position();
            aggregate.wrap(pack, from, to);
            seriesFrom = aggregate.skip(aggregate.getLength());
            seriesTo = aggregate.position();
            revision = aggregate.getVarLong();
            return true;
        }

        byte[] array() {
            return pack;
        }

        int seriesFrom() {
            return seriesFrom;
        }

        int seriesTo() {
            return seriesTo;
        }

        byte[] series() {
            return Arrays.copyOfRange(pack, seriesFrom, seriesTo);
        }

        long revision() {
            return revision;
        }

        /** A new aggregate; once for each entry, and not after {@link #mergeInto}. */
        Aggregate aggregate() {
            return Aggregate.read(aggregate);
        }

        /** Adds the aggregate to another; once for each entry. */
        void mergeInto(Aggregate target) {
            target.mergeFrom(aggregate);
        }
    }
}
