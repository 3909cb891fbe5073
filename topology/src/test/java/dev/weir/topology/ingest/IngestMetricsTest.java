package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

final class IngestMetricsTest {
    private final StreamsMetrics streams = new MockProcessorContext<>(new Properties()).metrics();
    private final Offenders offenders = new Offenders();

    @Test
    void totalsAreThoseOfTheTask() {
        IngestMetrics metrics = new IngestMetrics(streams, "0_1");
        metrics.tell(10, 1, offenders, 0);
        metrics.tell(15, 1, offenders, 1);
        assertThat(value("accepted-total")).isEqualTo(15.0);
        assertThat(value("rejected-total")).isEqualTo(1.0);
        assertThat(value("folded-total")).isEqualTo(0.0);
    }

    @Test
    void onlyTheTopOffendersAreShown() {
        IngestMetrics metrics = new IngestMetrics(streams, "0_1");
        offenders.add("first", "m");
        metrics.tell(0, 0, offenders, 0);
        assertThat(shown()).containsExactly("first");
        for (int i = 0; i < 20; i++) {
            for (int times = 0; times < 2 + i; times++) {
                offenders.add("s" + i, "m");
            }
        }
        metrics.tell(0, 0, offenders, 1);
        assertThat(shown()).hasSize(IngestMetrics.SHOWN).contains("s19", "s10").doesNotContain("first", "s9");
    }

    @Test
    void closeLeavesNothing() {
        offenders.add("s", "m");
        int before = own().size();
        IngestMetrics metrics = new IngestMetrics(streams, "0_1");
        metrics.tell(0, 0, offenders, 0);
        metrics.close();
        assertThat(own()).hasSize(before);
        new IngestMetrics(streams, "0_1").tell(3, 0, new Offenders(), 0);
        assertThat(value("accepted-total")).isEqualTo(3.0);
    }

    private Object value(String name) {
        return own().stream()
                .filter(one -> one.metricName().name().equals(name))
                .findFirst()
                .orElseThrow()
                .metricValue();
    }

    private List<String> shown() {
        return own().stream()
                .map(Metric::metricName)
                .filter(name -> name.name().equals("folded-events"))
                .map(MetricName::tags)
                .map(tags -> tags.getOrDefault("service", ""))
                .toList();
    }

    private List<? extends Metric> own() {
        Map<MetricName, ? extends Metric> all = streams.metrics();
        return all.values().stream()
                .filter(one -> one.metricName().group().equals(IngestMetrics.GROUP))
                .toList();
    }
}
