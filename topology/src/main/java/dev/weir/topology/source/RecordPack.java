package dev.weir.topology.source;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The bytes of many input records of one partition, in the order of their offsets, each with all that ingest reads of it. */
public final class RecordPack {
    /*
     * Layout: length of the index, the index, the values one behind the other.
     *
     * The index has one long for a plain record: the timestamp less that of the record before, and the length of the value plus
     * one, 0 for null. Plain is the record whose offset follows that of the record before, without headers and with a
     * difference of timestamps of 31 bits. Any other record has FULL, then zig-zag offset less that of the record before (of the
     * first: its offset), zig-zag timestamp less that of the record before, varint number of headers, for each the length of its
     * key, the key, the length of its value plus one, 0 for null, and that value; then the length of the record's value plus one.
     *
     * Values stand apart so that a run of them is copied at once.
     */
    private static final int MAX_VAR_BYTES = 10;

    private static final long FULL = Long.MIN_VALUE;

    /** The length of a value that is null. */
    static final int NO_VALUE = -1;

    private RecordPack() {}

    /** Appends records to a pack. Not thread-safe. */
    public static final class Writer {
        private final ByteOutput index = new ByteOutput(1 << 12);
        private final ByteOutput values = new ByteOutput(1 << 12);
        private final ByteOutput head = new ByteOutput(MAX_VAR_BYTES);
        private long lastOffset;
        private long lastTimeMs;
        private int records;

        /** Appends a record and its value. */
        public void add(long offset, long timestampMs, Headers headers, byte @Nullable [] value) {
            add(offset, timestampMs, headers, value == null ? NO_VALUE : value.length);
            if (value != null) {
                values.putBytes(value, 0, value.length);
            }
        }

        /** Appends a record whose value of so many bytes, or {@link #NO_VALUE}, is given to {@link #take(byte[], int, int)}. */
        void add(long offset, long timestampMs, Headers headers, int valueLength) {
            long sinceLastMs = timestampMs - lastTimeMs;
            Header[] all = headers.toArray();
            boolean follows = records > 0 && offset == lastOffset + 1;
            if (follows && all.length == 0 && (int) sinceLastMs == sinceLastMs && sinceLastMs != Integer.MIN_VALUE) {
                index.putLong(sinceLastMs << Integer.SIZE | valueLength + 1);
            } else {
                index.putLong(FULL);
                putFull(offset - lastOffset, sinceLastMs, all, valueLength);
            }
            lastOffset = offset;
            lastTimeMs = timestampMs;
            records++;
        }

        private void putFull(long sinceLastOffset, long sinceLastMs, Header[] headers, int valueLength) {
            index.putZigZag(sinceLastOffset);
            index.putZigZag(sinceLastMs);
            index.putVarLong(headers.length);
            for (Header header : headers) {
                byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
                index.putVarLong(key.length);
                index.putBytes(key, 0, key.length);
                byte @Nullable [] value = header.value();
                index.putVarLong(value == null ? 0 : value.length + 1L);
                if (value != null) {
                    index.putBytes(value, 0, value.length);
                }
            }
            index.putVarLong(valueLength + 1L);
        }

        public int records() {
            return records;
        }

        /** The pack so far; the writer is empty afterwards. */
        public byte[] take() {
            byte[] pack = take(values.array(), 0, values.size());
            values.clear();
            return pack;
        }

        /** The pack of the records so far, whose values are {@code [from, to)}; the writer is empty afterwards. */
        byte[] take(byte[] source, int from, int to) {
            head.clear();
            head.putVarLong(index.size());
            byte[] pack = new byte[head.size() + index.size() + to - from];
            System.arraycopy(head.array(), 0, pack, 0, head.size());
            System.arraycopy(index.array(), 0, pack, head.size(), index.size());
            System.arraycopy(source, from, pack, head.size() + index.size(), to - from);
            index.clear();
            lastOffset = 0;
            lastTimeMs = 0;
            records = 0;
            return pack;
        }
    }

    /** Walks over the records of a pack; what it shows is that of the record it stands on. Not thread-safe. */
    public static final class Cursor {
        private static final Headers NO_HEADERS = readOnly(new RecordHeaders());

        private final ByteInput in = new ByteInput();
        private long offset;
        private long timestampMs;
        private Headers headers = NO_HEADERS;
        private boolean nullValue;
        private int from;
        private int to;
        private int valuesEnd;

        /** Begins a pack. */
        public Cursor open(byte[] pack) {
            in.wrap(pack);
            int length = in.getLength();
            int start = in.skip(length);
            to = in.position();
            valuesEnd = pack.length;
            in.wrap(pack, start, to);
            offset = 0;
            timestampMs = 0;
            return this;
        }

        /** Steps to the next record; false behind the last. */
        public boolean next() {
            if (in.remaining() == 0) {
                return false;
            }
            long plain = in.getLong();
            int length;
            if (plain == FULL) {
                length = readFull();
            } else {
                offset++;
                timestampMs += plain >> Integer.SIZE;
                headers = NO_HEADERS;
                length = (int) plain - 1;
            }
            nullValue = length < 0;
            from = to;
            to += Math.max(0, length);
            if (to > valuesEnd || to < from) {
                throw new IllegalArgumentException(
                        "value of " + length + " bytes begins at " + from + ", must end by " + valuesEnd);
            }
            return true;
        }

        private int readFull() {
            offset += in.getZigZag();
            timestampMs += in.getZigZag();
            int count = in.getLength();
            headers = count == 0 ? NO_HEADERS : readHeaders(count);
            return (int) in.getVarLong() - 1;
        }

        private Headers readHeaders(int count) {
            RecordHeaders read = new RecordHeaders();
            for (int i = 0; i < count; i++) {
                String key = new String(readBytes(in.getLength()), StandardCharsets.UTF_8);
                int length = (int) in.getVarLong() - 1;
                read.add(key, length < 0 ? null : readBytes(length));
            }
            return readOnly(read);
        }

        private byte[] readBytes(int length) {
            int start = in.skip(length);
            byte[] bytes = new byte[length];
            System.arraycopy(in.array(), start, bytes, 0, length);
            return bytes;
        }

        private static Headers readOnly(RecordHeaders headers) {
            headers.setReadOnly();
            return headers;
        }

        public long offset() {
            return offset;
        }

        /** Timestamp of the record on the broker. */
        public long timestampMs() {
            return timestampMs;
        }

        public Headers headers() {
            return headers;
        }

        public boolean isNull() {
            return nullValue;
        }

        /** The array that holds the value. */
        public byte[] array() {
            return in.array();
        }

        /** Where the value begins in the array. */
        public int from() {
            return from;
        }

        /** Where the value ends in the array. */
        public int to() {
            return to;
        }
    }
}
