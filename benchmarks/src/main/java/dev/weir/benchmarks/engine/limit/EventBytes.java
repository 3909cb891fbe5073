package dev.weir.benchmarks.engine.limit;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the measurements of one record, read in place: no object is made for an event.
 *
 * <p>The record must be written with this build's schema of MetricEvent or MetricBatch. One thread.
 */
public final class EventBytes {
    /*
     * What makes the series stands in four ranges: [head) the service, of a batch with the shared labels; [name) metric and
     * kind; [unit); [labels) the own labels. Equal bytes are the same series; the same series may come as
     * different bytes (another order of labels) and is then another entry of the index.
     */
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final MetricKind[] KINDS = MetricKind.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int FRAME = 1 + Integer.BYTES;

    private byte[] bytes = new byte[0];
    private int at;
    private boolean batch;
    private long blockLeft;
    private long headHash;
    private int headFrom;
    private int headTo;
    private int sharedLabels;
    private int nameFrom;
    private int nameTo;
    private int unitFrom;
    private int unitTo;
    private int labelsFrom;
    private int labelsTo;
    private long timestampMs;
    private double value;
    private @Nullable Outcome outcome;

    /** Starts on a record's value. */
    public void open(byte[] array, int from, boolean isBatch) {
        bytes = array;
        at = from + FRAME;
        batch = isBatch;
        if (batch) {
            headFrom = at;
            skipText();
            sharedLabels = at;
            skipMap();
            headTo = at;
            headHash = ByteHash.of(ByteHash.SEED, bytes, headFrom, headTo);
            blockLeft = -1;
        } else {
            blockLeft = 1;
        }
    }

    /** Moves to the next measurement; false at the end. */
    public boolean next() {
        if (batch && (blockLeft <= 0 && !nextBlock())) {
            return false;
        }
        if (blockLeft-- == 0) {
            return false;
        }
        timestampMs = readLong();
        if (!batch) {
            headFrom = at;
            skipText();
            headTo = at;
            headHash = ByteHash.of(ByteHash.SEED, bytes, headFrom, headTo);
        }
        nameFrom = at;
        skipText();
        readLong();
        nameTo = at;
        value = (double) DOUBLES.get(bytes, at);
        at += Double.BYTES;
        unitFrom = at;
        skipOptionalText();
        unitTo = at;
        outcome = readLong() == 0 ? null : OUTCOMES[(int) readLong()];
        labelsFrom = at;
        skipMap();
        labelsTo = at;
        skipOptionalText();
        return true;
    }

    private boolean nextBlock() {
        blockLeft = readLong();
        if (blockLeft < 0) {
            blockLeft = -blockLeft;
            readLong();
        }
        return blockLeft != 0;
    }

    /** Event time of the measurement under the cursor. */
    public long timestampMs() {
        return timestampMs;
    }

    /** Its value. */
    public double value() {
        return value;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Of {@link #seriesBytes}. */
    public long seriesHash() {
        long hash = ByteHash.of(headHash, bytes, nameFrom, nameTo);
        return ByteHash.of(ByteHash.of(hash, bytes, unitFrom, unitTo), bytes, labelsFrom, labelsTo);
    }

    /** The bytes that make the series, one range behind the other. */
    public byte[] seriesBytes() {
        byte[] copy = new byte[length()];
        int to = append(copy, 0, headFrom, headTo);
        to = append(copy, to, nameFrom, nameTo);
        to = append(copy, to, unitFrom, unitTo);
        append(copy, to, labelsFrom, labelsTo);
        return copy;
    }

    boolean sameSeries(byte[] stored) {
        int name = headTo - headFrom;
        int unit = name + nameTo - nameFrom;
        int labels = unit + unitTo - unitFrom;
        return stored.length == length()
                && Arrays.equals(stored, 0, name, bytes, headFrom, headTo)
                && Arrays.equals(stored, name, unit, bytes, nameFrom, nameTo)
                && Arrays.equals(stored, unit, labels, bytes, unitFrom, unitTo)
                && Arrays.equals(stored, labels, stored.length, bytes, labelsFrom, labelsTo);
    }

    /** The series that {@link #seriesBytes} were taken of. */
    public static Series series(byte[] seriesBytes, boolean ofBatch) {
        EventBytes whole = new EventBytes();
        whole.bytes = seriesBytes;
        whole.batch = ofBatch;
        whole.skipText();
        whole.sharedLabels = whole.at;
        if (ofBatch) {
            whole.skipMap();
        }
        whole.nameFrom = whole.at;
        whole.skipText();
        whole.readLong();
        whole.unitFrom = whole.at;
        whole.skipOptionalText();
        whole.labelsFrom = whole.at;
        return whole.series();
    }

    /** The series of the measurement under the cursor. Allocates: for the first of a series only. */
    Series series() {
        int mark = at;
        Map<String, String> labels = new HashMap<>();
        at = headFrom;
        String service = readText();
        if (batch) {
            at = sharedLabels;
            readMap(labels);
        }
        at = nameFrom;
        String metric = readText();
        MetricKind kind = KINDS[(int) readLong()];
        at = unitFrom;
        String unit = readLong() == 0 ? null : readText();
        at = labelsFrom;
        readMap(labels);
        at = mark;
        return Series.of(metric, service, labels, kind, unit);
    }

    private int length() {
        return headTo - headFrom + nameTo - nameFrom + unitTo - unitFrom + labelsTo - labelsFrom;
    }

    private int append(byte[] copy, int position, int from, int to) {
        System.arraycopy(bytes, from, copy, position, to - from);
        return position + to - from;
    }

    private void skipText() {
        int length = (int) readLong();
        at += length;
    }

    private void skipOptionalText() {
        if (readLong() != 0) {
            skipText();
        }
    }

    private void skipMap() {
        for (long pairs = readLong(); pairs != 0; pairs = readLong()) {
            if (pairs < 0) {
                int size = (int) readLong();
                at += size;
            } else {
                for (long i = 0; i < pairs; i++) {
                    skipText();
                    skipText();
                }
            }
        }
    }

    private void readMap(Map<String, String> into) {
        for (long pairs = readLong(); pairs != 0; pairs = readLong()) {
            if (pairs < 0) {
                pairs = -pairs;
                readLong();
            }
            for (long i = 0; i < pairs; i++) {
                into.put(readText(), readText());
            }
        }
    }

    private String readText() {
        int length = (int) readLong();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    private long readLong() {
        byte one = bytes[at++];
        if (one >= 0) {
            int small = (one >>> 1) ^ -(one & 1);
            return small;
        }
        long raw = one & 0x7f;
        for (int shift = 7; one < 0; shift += 7) {
            one = bytes[at++];
            raw |= (long) (one & 0x7f) << shift;
        }
        return (raw >>> 1) ^ -(raw & 1);
    }
}
