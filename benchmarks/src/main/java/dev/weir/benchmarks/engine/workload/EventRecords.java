package dev.weir.benchmarks.engine.workload;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** All records of a workload in the order of event time. One thread. */
public final class EventRecords {
    /** Takes a record. Keys: the series key of a single event, the instance of a batch. */
    public interface Sink {
        void accept(int partition, byte[] key, SpecificRecord value);
    }

    private final WorkloadSpec spec;
    private final List<String> services = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Map<String, String>> instanceLabels = new ArrayList<>();
    private final List<Map<String, String>> ownLabels = new ArrayList<>();
    private final List<Map<String, String>> allLabels = new ArrayList<>();

    public EventRecords(WorkloadSpec spec) {
        this.spec = spec;
        for (int k = 0; k < spec.instanceSize(); k++) {
            ownLabels.add(new HashMap<>(SeriesNames.labels(k)));
        }
        for (int instance = 0; instance < spec.instances(); instance++) {
            services.add(SeriesNames.service(instance));
            instanceLabels.add(new HashMap<>(SeriesNames.instanceLabels(instance)));
            if (spec.batched()) {
                keys.add(String.valueOf(SeriesNames.instanceLabels(instance).get("instance"))
                        .getBytes(StandardCharsets.UTF_8));
            } else {
                addSeriesOf(instance);
            }
        }
    }

    private void addSeriesOf(int instance) {
        for (int k = 0; k < spec.instanceSize(); k++) {
            Map<String, String> labels = new HashMap<>(ownLabels.get(k));
            labels.putAll(instanceLabels.get(instance));
            allLabels.add(labels);
            Series series = Series.of(
                    SeriesNames.metric(instance, k), services.get(instance), labels, SeriesNames.kind(k), unit(k));
            keys.add(series.key().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Shows every record, then one in each partition that closes all windows before it. */
    public void forEach(Sink sink) {
        forEachOpen(sink);
        close(sink);
    }

    /** Shows every record and closes nothing. */
    public void forEachOpen(Sink sink) {
        int step = spec.batched() ? WorkloadSpec.BATCH / spec.instanceSize() : 1;
        for (int tick = 0; tick < spec.ticks(); tick += step) {
            for (int instance = 0; instance < spec.instances(); instance++) {
                if (spec.batched()) {
                    sink.accept(spec.partition(instance), keys.get(instance), batch(instance, tick, step));
                } else {
                    single(instance, tick, sink);
                }
            }
        }
    }

    private void single(int instance, int tick, Sink sink) {
        for (int k = 0; k < spec.instanceSize(); k++) {
            int series = instance * spec.instanceSize() + k;
            MetricEvent event = event(instance, k, tick, spec.timestampMs(series, tick), allLabels.get(series));
            sink.accept(spec.partition(instance), keys.get(series), event);
        }
    }

    private MetricBatch batch(int instance, int firstTick, int ticks) {
        List<Measurement> measurements = new ArrayList<>(WorkloadSpec.BATCH);
        for (int tick = firstTick; tick < firstTick + ticks; tick++) {
            for (int k = 0; k < spec.instanceSize(); k++) {
                int series = instance * spec.instanceSize() + k;
                MetricKind kind = SeriesNames.kind(k);
                measurements.add(new Measurement(
                        Instant.ofEpochMilli(spec.timestampMs(series, tick)),
                        SeriesNames.metric(instance, k),
                        kind,
                        EventIntent.value(series, tick, kind),
                        unit(k),
                        EventIntent.outcome(series, k, tick),
                        ownLabels.get(k),
                        null));
            }
        }
        return new MetricBatch(services.get(instance), instanceLabels.get(instance), measurements);
    }

    private void close(Sink sink) {
        for (int instance = 0; instance < WorkloadSpec.PARTITIONS; instance++) {
            Map<String, String> labels = new HashMap<>(ownLabels.get(0));
            labels.putAll(instanceLabels.get(instance));
            int key = spec.batched() ? instance : instance * spec.instanceSize();
            sink.accept(
                    spec.partition(instance),
                    keys.get(key),
                    event(instance, 0, spec.ticks(), spec.closingMs(), labels));
        }
    }

    private MetricEvent event(int instance, int k, int tick, long timestampMs, Map<String, String> labels) {
        int series = instance * spec.instanceSize() + k;
        MetricKind kind = SeriesNames.kind(k);
        return new MetricEvent(
                Instant.ofEpochMilli(timestampMs),
                services.get(instance),
                SeriesNames.metric(instance, k),
                kind,
                EventIntent.value(series, tick, kind),
                unit(k),
                EventIntent.outcome(series, k, tick),
                labels,
                null);
    }

    private static @Nullable String unit(int inInstance) {
        return SeriesNames.kind(inInstance) == MetricKind.OBSERVATION ? "s" : null;
    }
}
