package dev.weir.testing.flood;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import dev.weir.rejected.RejectReason;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.testing.oracle.SeriesTruth;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The records of a plan in the order in which they are sent; what they must come to is added to a truth as they are taken.
 *
 * <p>Event {@code n} of all is event {@code n / series} of series {@code n % series}. Makes some 300,000 events a second and
 * thread. One thread.
 */
public final class Flood implements Iterator<FloodRecord> {
    private static final int BATCH = 50;
    /** So many records lie between an event and its copy. */
    private static final int COPY_AFTER = 300;

    private static final int OBSERVATIONS = 12;

    private record Member(FloodSeries series, SeriesTruth truth, Map<String, String> labels) {}

    private final FloodPlan plan;
    private final IntegerTruth truth;
    private final SchemaIds ids;
    private final List<Member> members = new ArrayList<>();
    private final List<List<Measurement>> batches = new ArrayList<>();
    private final Deque<FloodRecord> ready = new ArrayDeque<>();
    private final Deque<FloodRecord> copies = new ArrayDeque<>();
    private final Encoder<MetricEvent> singles;
    private final Encoder<MetricBatch> batchEncoder;
    private final Encoder<HistogramEvent> histograms;
    private final Histogram histogram = new Histogram(1, 3_600_000_000L, 2);
    private long number;
    private long untilCopy = COPY_AFTER;

    public Flood(FloodPlan plan, SchemaIds ids, IntegerTruth truth) {
        this.plan = plan;
        this.truth = truth;
        this.ids = ids;
        singles = new Encoder<>(ids.single(), MetricEvent.class);
        batchEncoder = new Encoder<>(ids.batch(), MetricBatch.class);
        histograms = new Encoder<>(ids.histogram(), HistogramEvent.class);
        for (int i = 0; i < plan.series(); i++) {
            FloodSeries series = new FloodSeries(plan.seed(), i);
            Map<String, String> labels = series.labels();
            members.add(new Member(
                    series,
                    truth.series(series.metric(), series.service(), labels, series.kind(), series.unit()),
                    labels));
        }
        for (int i = 0; i < FloodSeries.SERVICES; i++) {
            batches.add(new ArrayList<>(BATCH));
        }
    }

    /** How many events of the plan have been made. */
    public long events() {
        return number;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && number < plan.events()) {
            make(number++);
            if (--untilCopy <= 0) {
                untilCopy = COPY_AFTER;
                ready.addAll(copies);
                copies.clear();
            }
        }
        if (ready.isEmpty()) {
            for (int group = 0; group < FloodSeries.SERVICES; group++) {
                flush(group);
            }
            ready.addAll(copies);
            copies.clear();
        }
        return !ready.isEmpty();
    }

    @Override
    public FloodRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all events of the plan have been sent: " + plan.events());
        }
        return ready.removeFirst();
    }

    private void make(long n) {
        int of = (int) (n % plan.series());
        long i = n / plan.series();
        Member member = members.get(of);
        int group = of % FloodSeries.SERVICES;
        Lane lane = Lane.of(member.series(), i);
        long timeMs = timeMs(n, member.series(), i, lane);
        switch (member.series().form()) {
            case SINGLE -> single(group, member, i, timeMs, lane);
            case BATCH -> measurement(group, member, i, timeMs, lane);
            case HISTOGRAM -> histogram(group, member, i, timeMs, lane);
        }
    }

    private long timeMs(long n, FloodSeries series, long i, Lane lane) {
        long bits = series.bits(i, 4) >>> 1;
        long onTimeMs = plan.timeMs(n) - bits % FloodPlan.DISORDER.toMillis();
        return switch (lane) {
            case LATE -> onTimeMs - bits % FloodPlan.LATE.toMillis();
            case TOO_LATE -> onTimeMs - FloodPlan.TOO_LATE.toMillis();
            case FUTURE -> onTimeMs + FloodPlan.FUTURE.toMillis();
            default -> onTimeMs;
        };
    }

    private void single(int group, Member member, long i, long timeMs, Lane lane) {
        FloodSeries series = member.series();
        Instant time = Instant.ofEpochMilli(timeMs);
        if (lane == Lane.INVALID) {
            long bits = series.bits(i, 5);
            truth.reject(InvalidEvent.of(bits).reason());
            ready.add(new FloodRecord(group, InvalidEvent.encode(bits, time, series.service(), singles, ids)));
            return;
        }
        long parts = series.parts(i, timeMs);
        Outcome outcome = series.outcome(i);
        FloodRecord record = new FloodRecord(
                group,
                singles.encode(new MetricEvent(
                        time,
                        series.service(),
                        series.metric(),
                        series.kind(),
                        IntegerTruth.value(parts),
                        series.unit(),
                        outcome,
                        member.labels(),
                        lane == Lane.IDENTIFIED ? Long.toHexString(series.bits(i, 6)) : null)));
        ready.add(record);
        if (accepted(lane)) {
            member.truth().add(timeMs, parts, outcome);
        }
        if (lane == Lane.COPIED || lane == Lane.IDENTIFIED) {
            copies.add(record);
            if (lane == Lane.COPIED || !plan.deduplicates(series.metric())) {
                member.truth().add(timeMs, parts, outcome);
            } else {
                truth.reject(RejectReason.DUPLICATE);
            }
        }
    }

    private void measurement(int group, Member member, long i, long timeMs, Lane lane) {
        FloodSeries series = member.series();
        long parts = series.parts(i, timeMs);
        Outcome outcome = series.outcome(i);
        boolean invalid = lane == Lane.INVALID;
        if (invalid) {
            truth.reject(RejectReason.INVALID_VALUE);
        } else if (accepted(lane)) {
            member.truth().add(timeMs, parts, outcome);
        }
        List<Measurement> batch = batches.get(group);
        batch.add(new Measurement(
                Instant.ofEpochMilli(timeMs),
                series.metric(),
                series.kind(),
                invalid ? -1 : IntegerTruth.value(parts),
                series.unit(),
                outcome,
                member.labels(),
                null));
        if (batch.size() == BATCH) {
            flush(group);
        }
    }

    private void flush(int group) {
        List<Measurement> batch = batches.get(group);
        if (!batch.isEmpty()) {
            ready.add(new FloodRecord(
                    group, batchEncoder.encode(new MetricBatch("flood-" + group, Map.of(), List.copyOf(batch)))));
            batch.clear();
        }
    }

    private void histogram(int group, Member member, long i, long timeMs, Lane lane) {
        FloodSeries series = member.series();
        histogram.reset();
        long sumParts = 0;
        for (int k = 0; k < OBSERVATIONS; k++) {
            long parts = series.parts(i * OBSERVATIONS + k, timeMs);
            histogram.recordValue(parts / IntegerTruth.PARTS);
            sumParts += parts;
        }
        Outcome outcome = series.outcome(i);
        boolean invalid = lane == Lane.INVALID;
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(bytes);
        bytes.flip();
        if (invalid) {
            truth.reject(RejectReason.INVALID_VALUE);
            bytes.limit(bytes.limit() / 2);
        } else if (accepted(lane)) {
            member.truth().add(timeMs, histogram, sumParts, outcome);
        }
        ready.add(new FloodRecord(
                group, histograms.encode(event(member, timeMs, outcome, bytes, IntegerTruth.value(sumParts)))));
    }

    private static HistogramEvent event(
            Member member, long timeMs, @Nullable Outcome outcome, ByteBuffer bytes, double sum) {
        FloodSeries series = member.series();
        return new HistogramEvent(
                Instant.ofEpochMilli(timeMs),
                series.service(),
                series.metric(),
                series.unit(),
                outcome,
                member.labels(),
                bytes,
                sum,
                null);
    }

    /** Says whether an event of this lane counts, and notes its reject if it does not. */
    private boolean accepted(Lane lane) {
        if (lane == Lane.TOO_LATE) {
            truth.reject(RejectReason.LATE);
        } else if (lane == Lane.FUTURE) {
            truth.reject(RejectReason.FUTURE);
        }
        return lane != Lane.TOO_LATE && lane != Lane.FUTURE;
    }
}
