package dev.weir.testing.flood;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.rejected.RejectReason;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.testing.oracle.SeriesTruth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The truth of what the events topic really holds: every record of its log enters in the order of its partition, is decoded by
 * Avro's own reader and judged anew.
 *
 * <p>It knows the rules that a {@link Flood} breaks, no others. One thread.
 */
public final class LogTruth {
    private static final int HEAD = 1 + Integer.BYTES;
    private static final int MOST_LABELS = 32;
    private static final long LATENESS_MS = 2_000;
    private static final long LATE_RETENTION_MS = Duration.ofHours(24).toMillis();
    private static final long MAX_FUTURE_MS = Duration.ofMinutes(1).toMillis();

    private final SchemaIds ids;
    private final boolean deduplicated;
    private final IntegerTruth truth = new IntegerTruth();
    private final SpecificDatumReader<MetricEvent> singles = reader(MetricEvent.getClassSchema());
    private final SpecificDatumReader<MetricBatch> batches = reader(MetricBatch.getClassSchema());
    private final SpecificDatumReader<HistogramEvent> histograms = reader(HistogramEvent.getClassSchema());
    private final Map<Integer, Long> greatestMs = new HashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private long events;

    public LogTruth(SchemaIds ids, boolean deduplicated) {
        this.ids = ids;
        this.deduplicated = deduplicated;
    }

    private static <T extends SpecificRecord> SpecificDatumReader<T> reader(Schema schema) {
        return new SpecificDatumReader<>(schema, schema, new EventModel());
    }

    /** How many measurements the records so far hold; a histogram, or a record that is none, is one. */
    public long events() {
        return events;
    }

    /** What the records so far must come to. */
    public IntegerTruth truth() {
        return truth;
    }

    /** Takes in the next record of a partition. */
    public void read(int partition, long brokerTimeMs, byte[] value) {
        events++;
        if (value.length < HEAD || value[0] != 0) {
            truth.reject(RejectReason.UNDECODABLE);
            return;
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(value, HEAD, value.length - HEAD, null);
        try {
            if (id == ids.single()) {
                single(partition, brokerTimeMs, singles.read(null, body));
            } else if (id == ids.batch()) {
                batch(partition, brokerTimeMs, batches.read(null, body));
            } else if (id == ids.histogram()) {
                histogram(partition, brokerTimeMs, histograms.read(null, body));
            } else {
                truth.reject(id == ids.unsupported() ? RejectReason.UNSUPPORTED_SCHEMA : RejectReason.UNKNOWN_SCHEMA);
            }
        } catch (IOException | AvroRuntimeException cutShort) {
            truth.reject(RejectReason.UNDECODABLE);
        }
    }

    private void single(int partition, long brokerTimeMs, MetricEvent event) {
        String eventId = event.getEventId();
        if (eventId != null
                && deduplicated
                && FloodPlan.DEDUPLICATED.contains(event.getMetric())
                && !eventIds.add(eventId)) {
            truth.reject(RejectReason.DUPLICATE);
            return;
        }
        add(
                partition,
                brokerTimeMs,
                new One(
                        event.getTimestamp().toEpochMilli(),
                        event.getMetric(),
                        event.getService(),
                        event.getLabels(),
                        event.getKind(),
                        event.getUnit(),
                        event.getOutcome()),
                event.getValue());
    }

    private void batch(int partition, long brokerTimeMs, MetricBatch batch) {
        events += batch.getMeasurements().size() - 1L;
        for (Measurement one : batch.getMeasurements()) {
            Map<String, String> labels = new HashMap<>(batch.getLabels());
            labels.putAll(one.getLabels());
            add(
                    partition,
                    brokerTimeMs,
                    new One(
                            one.getTimestamp().toEpochMilli(),
                            one.getMetric(),
                            batch.getService(),
                            labels,
                            one.getKind(),
                            one.getUnit(),
                            one.getOutcome()),
                    one.getValue());
        }
    }

    private void histogram(int partition, long brokerTimeMs, HistogramEvent event) {
        One one = new One(
                event.getTimestamp().toEpochMilli(),
                event.getMetric(),
                event.getService(),
                event.getLabels(),
                MetricKind.OBSERVATION,
                event.getUnit(),
                event.getOutcome());
        Histogram observed;
        // What HdrHistogram throws on bytes that are cut short is not specified.
        try {
            observed = Histogram.decodeFromByteBuffer(event.getHistogram().duplicate(), 0);
        } catch (RuntimeException malformed) {
            truth.reject(RejectReason.INVALID_VALUE);
            return;
        }
        Double sum = event.getSum();
        if (sum == null) {
            throw new IllegalArgumentException("sum is null, must be given in a flood (histogram event)");
        }
        if (inTime(partition, brokerTimeMs, one.timeMs())) {
            one.in(truth).add(one.timeMs(), observed, IntegerTruth.parts(sum), one.outcome());
        }
    }

    private void add(int partition, long brokerTimeMs, One one, double value) {
        RejectReason reason = one.fault(value);
        if (reason != null) {
            truth.reject(reason);
        } else if (inTime(partition, brokerTimeMs, one.timeMs())) {
            one.in(truth).add(one.timeMs(), IntegerTruth.parts(value), one.outcome());
        }
    }

    private boolean inTime(int partition, long brokerTimeMs, long timeMs) {
        if (timeMs > brokerTimeMs + MAX_FUTURE_MS) {
            truth.reject(RejectReason.FUTURE);
            return false;
        }
        long greatest = greatestMs.getOrDefault(partition, 0L);
        if (timeMs < greatest - LATENESS_MS - LATE_RETENTION_MS) {
            truth.reject(RejectReason.LATE);
            return false;
        }
        greatestMs.put(partition, Math.max(greatest, timeMs));
        return true;
    }

    private record One(
            long timeMs,
            String metric,
            String service,
            Map<String, String> labels,
            MetricKind kind,
            @Nullable String unit,
            @Nullable Outcome outcome) {

        @Nullable
        RejectReason fault(double value) {
            if (!Double.isFinite(value) || (value < 0 && kind != MetricKind.GAUGE)) {
                return RejectReason.INVALID_VALUE;
            } else if (metric.indexOf(' ') >= 0) {
                return RejectReason.INVALID_NAME;
            } else if (labels.size() > MOST_LABELS) {
                return RejectReason.TOO_MANY_LABELS;
            }
            return labels.containsKey("outcome") ? RejectReason.INVALID_LABEL : null;
        }

        SeriesTruth in(IntegerTruth truth) {
            return truth.series(metric, service, labels, kind, unit);
        }
    }
}
