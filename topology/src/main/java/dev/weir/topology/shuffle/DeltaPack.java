package dev.weir.topology.shuffle;

import dev.weir.pane.Aggregate;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;

/**
 * What many series did in one pane, or one minute, as bytes: since the last commit of an ingest task, ingest → aggregate, or when the pane
 * closed, aggregate → rules. Kept by the stage that gets it as it is.
 *
 * <p>Each entry is the bytes of a series ({@link SeriesCodec}) and those of its aggregate.
 */
public final class DeltaPack {
    /*
     * Layout: byte type, byte flags, long start of the pane or minute; then for each series the length of its bytes, the bytes, and the
     * aggregate as it writes itself.
     */
    /** First byte, which tells a pack from other messages between stages. */
    static final byte TYPE = 4;

    /** Packs grow to this many bytes, and by one entry more. */
    public static final int FULL_BYTES = 48 << 10;

    private static final int WINDOWS_ONLY = 1;

    private DeltaPack() {}

    /** Appends entries to a pack. Not thread-safe. */
    public static final class Writer {
        private final ByteOutput out = new ByteOutput(1 << 10);
        private boolean empty = true;

        /**
         * Begins a pack.
         *
         * @param startMs of the pane, or of the minute
         * @param windowsOnly whether it holds what no rule may see, by the minute: series that no rule reads, and late events
         */
        public void begin(long startMs, boolean windowsOnly) {
            out.clear();
            out.putByte(TYPE);
            out.putByte(windowsOnly ? WINDOWS_ONLY : 0);
            out.putLong(startMs);
            empty = true;
        }

        public void add(byte[] series, Aggregate aggregate) {
            out.putVarLong(series.length);
            out.putBytes(series, 0, series.length);
            aggregate.writeTo(out);
            empty = false;
        }

        public boolean isEmpty() {
            return empty;
        }

        public boolean isFull() {
            return out.size() >= FULL_BYTES;
        }

        public byte[] toByteArray() {
            return out.toByteArray();
        }
    }

    /** Walks over the entries of a pack. Not thread-safe. */
    public static final class Cursor {
        private final ByteInput in = new ByteInput();
        private long startMs;
        private boolean windowsOnly;
        private int seriesFrom;
        private int seriesTo;

        public Cursor open(byte[] pack) {
            in.wrap(pack);
            byte type = in.getByte();
            if (type != TYPE) {
                throw new IllegalArgumentException("message type is " + type + ", must be " + TYPE + " (delta pack)");
            }
            windowsOnly = (in.getByte() & WINDOWS_ONLY) != 0;
            startMs = in.getLong();
            return this;
        }

        /** Start of the pane, or of the minute. */
        public long startMs() {
            return startMs;
        }

        public boolean windowsOnly() {
            return windowsOnly;
        }

        /** Steps to the next series; its aggregate must have been read before. */
        public boolean next() {
            if (in.remaining() == 0) {
                return false;
            }
            seriesFrom = in.skip(in.getLength());
            seriesTo = in.position();
            return true;
        }

        public byte[] array() {
            return in.array();
        }

        public int seriesFrom() {
            return seriesFrom;
        }

        public int seriesTo() {
            return seriesTo;
        }

        /** Adds the aggregate of the series to two others. */
        public void mergeInto(Aggregate first, Aggregate second) {
            int from = in.position();
            int to = from + in.remaining();
            first.mergeFrom(in);
            in.wrap(in.array(), from, to);
            second.mergeFrom(in);
        }

        /** The aggregate of the series, a new one. */
        public Aggregate aggregate() {
            return Aggregate.read(in);
        }

        /** Adds the aggregate of the series to another one. */
        public void mergeInto(Aggregate target) {
            target.mergeFrom(in);
        }
    }
}
