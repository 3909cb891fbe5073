package dev.weir.topology.ingest;

import dev.weir.topology.ingest.Offenders.Folded;
import dev.weir.topology.ingest.Offenders.Offender;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an ingest task counts, as metrics of Kafka Streams in the group {@value #GROUP}: {@code accepted}, {@code rejected}
 * and {@code folded}, each {@code -rate} and {@code -total}, and {@code folded-events} by service and metric of the
 * {@value #SHOWN} that have most. The log names those at most once in a minute. Told once a commit, not per event. One
 * thread.
 */
final class IngestMetrics {
    static final String GROUP = "stream-weir-ingest-metrics";
    static final int SHOWN = 10;
    private static final Logger LOG = LoggerFactory.getLogger(IngestMetrics.class);
    private static final long LOG_INTERVAL_MS = Duration.ofMinutes(1).toMillis();

    private final StreamsMetrics metrics;
    private final String task;
    private final Counter accepted;
    private final Counter rejected;
    private final Counter folded;
    private final Map<Offender, Sensor> shown = new HashMap<>();
    private long loggedTotal;
    private long loggedMs = Long.MIN_VALUE;

    IngestMetrics(StreamsMetrics metrics, String task) {
        this.metrics = metrics;
        this.task = task;
        accepted = counter("accepted");
        rejected = counter("rejected");
        folded = counter("folded");
    }

    /** A sensor that is told a running total. */
    private static final class Counter {
        private final Sensor sensor;
        private long told;

        private Counter(Sensor sensor) {
            this.sensor = sensor;
        }

        private void tell(long total) {
            if (total > told) {
                sensor.record((double) (total - told));
                told = total;
            }
        }
    }

    /** Tells the totals of this task; wall-clock time for the log. */
    void tell(long acceptedTotal, long rejectedTotal, Offenders offenders, long nowMs) {
        accepted.tell(acceptedTotal);
        rejected.tell(rejectedTotal);
        if (offenders.total() > folded.told) {
            folded.tell(offenders.total());
            List<Folded> top = offenders.top(SHOWN);
            show(top);
            log(top, offenders.total(), nowMs);
        }
    }

    private void show(List<Folded> top) {
        Set<Offender> gone = new HashSet<>(shown.keySet());
        for (Folded one : top) {
            gone.remove(one.offender());
            shown.computeIfAbsent(one.offender(), this::gauge).record((double) one.events());
        }
        for (Offender offender : gone) {
            metrics.removeSensor(shown.remove(offender));
        }
    }

    private void log(List<Folded> top, long total, long nowMs) {
        if (loggedMs != Long.MIN_VALUE && nowMs - loggedMs < LOG_INTERVAL_MS) {
            return;
        }
        LOG.warn(
                "task {}: {} events of new series were folded into overflow series, raise limits.series-per-service or"
                        + " limits.series, or give them fewer labels; most so far: {}",
                task,
                total - loggedTotal,
                top);
        loggedMs = nowMs;
        loggedTotal = total;
    }

    private Counter counter(String name) {
        Sensor sensor = metrics.addSensor(name(name), Sensor.RecordingLevel.INFO);
        Map<String, String> tags = tags();
        sensor.add(new MetricName(name + "-rate", GROUP, "Events " + name + " per second", tags), new Rate());
        sensor.add(new MetricName(name + "-total", GROUP, "Events " + name, tags), new CumulativeSum());
        return new Counter(sensor);
    }

    private Sensor gauge(Offender offender) {
        Sensor sensor = metrics.addSensor(
                name("folded") + "." + offender.service() + "." + offender.metric(), Sensor.RecordingLevel.INFO);
        Map<String, String> tags = tags();
        tags.put("service", offender.service());
        tags.put("metric", offender.metric());
        sensor.add(
                new MetricName("folded-events", GROUP, "Events of new series folded into overflow series", tags),
                new Value());
        return sensor;
    }

    private String name(String sensor) {
        return "weir-ingest." + task + "." + sensor;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("thread-id", Thread.currentThread().getName());
        tags.put("weir-ingest-id", task);
        return tags;
    }

    /** Takes the metrics of this task away. */
    void close() {
        shown.values().forEach(metrics::removeSensor);
        shown.clear();
        List.of(accepted, rejected, folded).forEach(counter -> metrics.removeSensor(counter.sensor));
    }
}
