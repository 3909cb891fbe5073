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
     * Layout of a record: zig-zag offset less that of the record before (of the first: its offset), zig-zag timestamp less
     * that of the record before, varint number of headers, for each the length of its key, the key, the length of its value plus one, 0 for null, and that value, then the length
     * of the value plus one, 0 for null, and the value.
     */
    private RecordPack() {}

    /** Appends records to a pack. Not thread-safe. */
    public static final class Writer {
        private final ByteOutput out = new ByteOutput(1 << 12);
        private long lastOffset;
        private long lastTimeMs;
        private int records;

        public void add(long offset, long timestampMs, Headers headers, byte @Nullable [] value) {
            if (value == null) {
                head(offset, timestampMs, headers);
                out.putVarLong(0);
            } else {
                add(offset, timestampMs, headers, value, 0, value.length);
            }
        }

        public void add(long offset, long timestampMs, Headers headers, byte[] source, int from, int to) {
            head(offset, timestampMs, headers);
            out.putVarLong(to - from + 1L);
            out.putBytes(source, from, to);
        }

        private void head(long offset, long timestampMs, Headers headers) {
            out.putZigZag(offset - lastOffset);
            out.putZigZag(timestampMs - lastTimeMs);
            lastOffset = offset;
            lastTimeMs = timestampMs;
            records++;
            Header[] all = headers.toArray();
            out.putVarLong(all.length);
            for (Header header : all) {
                byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
                put(key);
                byte @Nullable [] value = header.value();
                if (value == null) {
                    out.putVarLong(0);
                } else {
                    out.putVarLong(value.length + 1L);
                    out.putBytes(value, 0, value.length);
                }
            }
        }

        private void put(byte[] bytes) {
            out.putVarLong(bytes.length);
            out.putBytes(bytes, 0, bytes.length);
        }

        public int records() {
            return records;
        }

        public int bytes() {
            return out.size();
        }

        /** The pack so far; the writer is empty afterwards. */
        public byte[] take() {
            byte[] pack = out.toByteArray();
            out.clear();
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

        /** Begins a pack. */
        public Cursor open(byte[] pack) {
            in.wrap(pack);
            offset = 0;
            timestampMs = 0;
            return this;
        }

        /** Steps to the next record; false behind the last. */
        public boolean next() {
            if (in.remaining() == 0) {
                return false;
            }
            offset += in.getZigZag();
            timestampMs += in.getZigZag();
            int count = in.getLength();
            headers = count == 0 ? NO_HEADERS : readHeaders(count);
            int length = (int) in.getVarLong() - 1;
            nullValue = length < 0;
            from = in.skip(Math.max(0, length));
            to = in.position();
            return true;
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
