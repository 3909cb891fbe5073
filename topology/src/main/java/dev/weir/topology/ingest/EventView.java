package dev.weir.topology.ingest;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.SeriesEvent.Observed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one record, seen in its bytes: nothing is decoded until it is asked for. Used again for each record;
 * not thread-safe.
 */
final class EventView {
    /*
     * parse() walks the whole record once, so that a batch is accepted or refused as a whole, and notes where the fields of
     * each measurement are: FIELDS ints and one long each. It refuses whatever is not plainly right; the slow way then
     * decides. So this class needs to agree with Avro's decoder only on what it accepts.
     *
     * The identity of a measurement is the concatenation of the encoded fields that name its series, in front of them the
     * tag of the format, and for a batch service and shared labels, which stay in the buffer for all its measurements.
     * Encoded fields delimit themselves: equal identities are equal fields. The reverse does not hold: maps come in any order.
     *
     * A measurement that is as was guessed is compared and not parsed, and where its fields are is not noted: hardly ever does
     * somebody ask, and locate() then parses it.
     */
    private static final List<MetricKind> KINDS = List.of(MetricKind.values());
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int OBSERVATION = KINDS.indexOf(MetricKind.OBSERVATION);

    private static final int NAME_FROM = 0;
    private static final int NAME_TO = 1;
    private static final int KIND = 2;
    private static final int UNIT_FROM = 3;
    private static final int UNIT_TO = 4;
    private static final int OUTCOME = 5;
    private static final int LABELS_FROM = 6;
    private static final int LABELS_TO = 7;
    private static final int EVENT_ID_FROM = 8;
    private static final int HISTOGRAM_FROM = 9;
    private static final int HISTOGRAM_TO = 10;
    private static final int FIELDS = 11;

    private static final int ABSENT = -1;
    private static final int LEAST_MEASUREMENT_BYTES = 15;

    private final AvroBytes in = new AvroBytes();
    private final AvroBytes part = new AvroBytes();
    private EventFormat format = EventFormat.OTHER;
    private byte[] bytes = {};
    private int end;
    private int size;
    private int[] fields = new int[FIELDS];
    private long[] timestamps = new long[1];
    private double[] values = new double[1];
    private @Nullable Encoding[] encodings = new @Nullable Encoding[1];
    private byte[] identity = new byte[256];
    private int sharedIdentity;
    /** What {@link Encoding#prefix} is of those that begin as the identities of this record do; null as long as nobody knows. */
    private @Nullable Object prefix;

    private int sharedFrom;
    private int sharedTo;

    /**
     * Looks at the body of a record; false if it is not plainly one record of the format, or a batch of more than {@code
     * batchSize}. The bytes must stay as they are while this is used.
     *
     * @param known by which the series of measurements are found
     */
    boolean parse(EventFormat bodyFormat, byte[] source, int from, int to, int batchSize, Encodings known) {
        format = bodyFormat;
        bytes = source;
        end = to;
        size = 0;
        in.wrap(source, from, to);
        identity[0] = bodyFormat.tag();
        sharedIdentity = 1;
        prefix = null;
        try {
            switch (bodyFormat) {
                case METRIC_EVENT -> parseEvent(known);
                case METRIC_BATCH -> parseBatch(Math.min(batchSize, (to - from) / LEAST_MEASUREMENT_BYTES), known);
                case HISTOGRAM_EVENT -> parseHistogram();
                case OTHER -> throw new MalformedException();
            }
            return in.isAtEnd();
        } catch (MalformedException e) {
            return false;
        }
    }

    private void parseEvent(Encodings known) throws MalformedException {
        timestamps[0] = in.getLong();
        parseMeasurement(0, known);
        size = 1;
    }

    private void parseBatch(int most, Encodings known) throws MalformedException {
        sharedFrom = in.position();
        in.skipText();
        in.skipTexts();
        sharedTo = in.position();
        sharedIdentity = appendIdentity(1, sharedFrom, sharedTo);
        for (long count = in.getCount(); count > 0; count = in.getCount()) {
            if (count > most - size) {
                throw new MalformedException();
            }
            grow(size + (int) count);
            for (int i = 0; i < count; i++) {
                timestamps[size] = in.getLong();
                parseMeasurement(size, known);
                size++;
            }
        }
    }

    /** From what names the series to the end of the measurement. */
    private void parseMeasurement(int index, Encodings known) throws MalformedException {
        int at = index * FIELDS;
        fields[at + NAME_FROM] = in.position();
        fields[at + HISTOGRAM_FROM] = ABSENT;
        Encoding likely = known.likely();
        if (likely != null && parseAs(likely, index)) {
            encodings[index] = likely;
            known.came(likely);
        } else {
            parseAny(index);
            encodings[index] = find(index, known);
            known.cameInstead(encodings[index]);
        }
        parseEventId(at);
    }

    /** Reads up to the labels if they and all that names the series are encoded like this; false if not. */
    private boolean parseAs(Encoding likely, int index) throws MalformedException {
        byte[] expected = likely.identity();
        if (!beginsAlike(likely) || !in.skipIf(expected, likely.nameFrom(), likely.unitFrom())) {
            return false;
        }
        values[index] = in.getDouble();
        if (!in.skipIf(expected, likely.unitFrom(), likely.labelsFrom())) {
            return false;
        }
        parseOutcome(index * FIELDS);
        return in.skipIf(expected, likely.labelsFrom(), expected.length);
    }

    /** Whether the identities of this record have what comes before the name like this one. */
    private boolean beginsAlike(Encoding likely) {
        if (prefix != null && likely.prefix() == prefix) {
            return true;
        }
        int nameFrom = likely.nameFrom();
        if (nameFrom != sharedIdentity || !Arrays.equals(identity, 0, nameFrom, likely.identity(), 0, nameFrom)) {
            return false;
        }
        if (prefix == null) {
            prefix = likely.prefix() == null ? likely.identity() : likely.prefix();
        }
        likely.prefix(prefix);
        return true;
    }

    private void parseAny(int index) throws MalformedException {
        int at = index * FIELDS;
        in.position(fields[at + NAME_FROM]);
        if (format == EventFormat.METRIC_EVENT) {
            in.skipText();
        }
        in.skipText();
        fields[at + KIND] = in.getIndex(KINDS.size());
        fields[at + NAME_TO] = in.position();
        values[index] = in.getDouble();
        parseUnitToLabels(at);
    }

    private @Nullable Encoding find(int index, Encodings known) {
        // First the length: to identify may replace the array.
        int length = identifyLocated(index);
        Encoding found = known.find(identity, length);
        if (found != null) {
            int at = index * FIELDS;
            int unitFrom = sharedIdentity + fields[at + NAME_TO] - fields[at + NAME_FROM];
            found.seen(sharedIdentity, unitFrom, unitFrom + fields[at + UNIT_TO] - fields[at + UNIT_FROM]);
        }
        return found;
    }

    private void parseHistogram() throws MalformedException {
        timestamps[0] = in.getLong();
        fields[NAME_FROM] = in.position();
        in.skipText();
        in.skipText();
        fields[NAME_TO] = in.position();
        fields[KIND] = OBSERVATION;
        encodings[0] = null;
        values[0] = 0;
        parseUnitToLabels(0);
        fields[HISTOGRAM_FROM] = in.skipText();
        fields[HISTOGRAM_TO] = in.position();
        if (in.getIndex(2) == 1) {
            in.getDouble();
        }
        parseEventId(0);
        size = 1;
    }

    private void parseUnitToLabels(int at) throws MalformedException {
        fields[at + UNIT_FROM] = in.position();
        if (in.getIndex(2) == 1) {
            in.skipText();
        }
        fields[at + UNIT_TO] = in.position();
        parseOutcome(at);
        fields[at + LABELS_FROM] = in.position();
        in.skipTexts();
        fields[at + LABELS_TO] = in.position();
    }

    private void parseOutcome(int at) throws MalformedException {
        fields[at + OUTCOME] = in.getIndex(2) == 1 ? in.getIndex(OUTCOMES.length) : ABSENT;
    }

    private void parseEventId(int at) throws MalformedException {
        int from = in.position();
        if (in.getIndex(2) == 1) {
            in.skipText();
            fields[at + EVENT_ID_FROM] = from + 1;
        } else {
            fields[at + EVENT_ID_FROM] = ABSENT;
        }
    }

    private void grow(int measurements) {
        if (measurements > timestamps.length) {
            int capacity = Math.max(measurements, 2 * timestamps.length);
            timestamps = Arrays.copyOf(timestamps, capacity);
            values = Arrays.copyOf(values, capacity);
            encodings = Arrays.copyOf(encodings, capacity);
            fields = Arrays.copyOf(fields, capacity * FIELDS);
        }
    }

    /** How many measurements the record has. */
    int size() {
        return size;
    }

    long timestampMs(int index) {
        return timestamps[index];
    }

    /** The value of a measurement, 0 for a histogram. */
    double value(int index) {
        return values[index];
    }

    @Nullable
    Outcome outcome(int index) {
        int outcome = fields[index * FIELDS + OUTCOME];
        return outcome == ABSENT ? null : OUTCOMES[outcome];
    }

    boolean hasEventId(int index) {
        return fields[index * FIELDS + EVENT_ID_FROM] != ABSENT;
    }

    boolean isHistogram(int index) {
        return fields[index * FIELDS + HISTOGRAM_FROM] != ABSENT;
    }

    /** The series of a measurement if it is known by this encoding. */
    @Nullable
    IngestSeries series(int index) {
        Encoding encoding = encodings[index];
        return encoding == null ? null : encoding.series();
    }

    /** Puts the identity of a measurement's series into {@link #identity()} and returns its length. */
    int identify(int index) {
        locate(index);
        return identifyLocated(index);
    }

    private int identifyLocated(int index) {
        int at = index * FIELDS;
        int length = appendIdentity(sharedIdentity, fields[at + NAME_FROM], fields[at + NAME_TO]);
        length = appendIdentity(length, fields[at + UNIT_FROM], fields[at + UNIT_TO]);
        return appendIdentity(length, fields[at + LABELS_FROM], fields[at + LABELS_TO]);
    }

    byte[] identity() {
        return identity;
    }

    private int appendIdentity(int length, int from, int to) {
        int longer = length + to - from;
        if (longer > identity.length) {
            identity = Arrays.copyOf(identity, Math.max(longer, 2 * identity.length));
        }
        System.arraycopy(bytes, from, identity, length, to - from);
        return longer;
    }

    /** Notes where the fields of a measurement are that came as was guessed. */
    private void locate(int index) {
        if (encodings[index] == null) {
            return;
        }
        try {
            parseAny(index);
        } catch (MalformedException e) {
            throw changed(index, e);
        }
    }

    /** All fields of a measurement, decoded. */
    Candidate candidate(int index) {
        locate(index);
        try {
            return decode(index);
        } catch (MalformedException e) {
            throw changed(index, e);
        }
    }

    private static IllegalStateException changed(int index, MalformedException cause) {
        return new IllegalStateException("measurement " + index + " was well-formed, must still be", cause);
    }

    private Candidate decode(int index) throws MalformedException {
        int at = index * FIELDS;
        Map<String, String> labels = new HashMap<>();
        String service = "";
        if (format == EventFormat.METRIC_BATCH) {
            part.wrap(bytes, sharedFrom, sharedTo);
            service = part.getText();
            part.getTexts(labels);
        }
        part.wrap(bytes, fields[at + NAME_FROM], end);
        if (format != EventFormat.METRIC_BATCH) {
            service = part.getText();
        }
        String metric = part.getText();
        part.wrap(bytes, fields[at + UNIT_FROM], end);
        String unit = part.getIndex(2) == 1 ? part.getText() : null;
        part.wrap(bytes, fields[at + LABELS_FROM], end);
        part.getTexts(labels);
        return new Candidate(
                format == EventFormat.METRIC_BATCH ? index : Coordinates.WHOLE_RECORD,
                timestamps[index],
                metric,
                service,
                labels,
                KINDS.get(fields[at + KIND]),
                unit,
                values[index],
                outcome(index),
                isHistogram(index) ? histogram() : null,
                eventId(at));
    }

    /** The histogram of a record that is one. */
    Observed histogram() throws MalformedException {
        part.wrap(bytes, fields[HISTOGRAM_TO], end);
        Double sum = part.getIndex(2) == 1 ? Double.valueOf(part.getDouble()) : null;
        int from = fields[HISTOGRAM_FROM];
        return new Observed(
                ByteBuffer.wrap(bytes, from, fields[HISTOGRAM_TO] - from).slice(), sum);
    }

    private @Nullable String eventId(int at) throws MalformedException {
        if (fields[at + EVENT_ID_FROM] == ABSENT) {
            return null;
        }
        part.wrap(bytes, fields[at + EVENT_ID_FROM], end);
        return part.getText();
    }
}
