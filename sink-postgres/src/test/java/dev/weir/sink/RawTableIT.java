package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Single measurements through COPY: which are taken, how they look, and that none is there twice. */
@ExtendWith(Servers.Extension.class)
final class RawTableIT {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void measurementsOfChosenMetricsBecomeRows(Servers servers) {
        TableScene scene = scene(servers, "raw.rows", new RawMetric("raw_rows", 1), new RawMetric("raw_many_*", 1));
        MetricBatch batch = new MetricBatch(
                "shop",
                Map.of("region", "eu", "tier", "gold"),
                List.of(
                        measurement("raw_many_a", 2.5, Map.of("tier", "silver", "empty", "")),
                        measurement("raw_rows_not", 1, Map.of()),
                        measurement("raw_many_b", -0.125, Map.of())));
        assertThat(scene.store(
                                event("raw_rows", 0.1, Map.of("route", "/"), null),
                                event("other", 1, Map.of(), null),
                                batch)
                        .rows())
                .isEqualTo(3);
        assertThat(scene.texts("SELECT concat_ws('|', metric_name, metric_value, unit, tags,"
                        + " (extract(epoch FROM timestamp) * 1000)::bigint = " + now.toEpochMilli() + ")"
                        + " FROM monitoring.pipeline_metrics WHERE metric_name LIKE 'raw\\_rows%'"
                        + " OR metric_name LIKE 'raw\\_many\\_%' ORDER BY metric_name"))
                .containsExactly(
                        "raw_many_a|2.5|{\"tier\": \"silver\", \"region\": \"eu\", \"service\": \"shop\"}|t",
                        "raw_many_b|-0.125|{\"tier\": \"gold\", \"region\": \"eu\", \"service\": \"shop\"}|t",
                        "raw_rows|0.1|s|{\"route\": \"/\", \"outcome\": \"SUCCESS\", \"service\": \"shop\"}|t");
    }

    @Test
    void lostAnswerToCommitMakesNoSecondRow(Servers servers) {
        TableScene scene = scene(servers, "raw.once", new RawMetric("raw_once", 1));
        Batch batch = scene.batch(events("raw_once", 100));
        assertThat(scene.write(batch)).isEqualTo(new BatchWriter.Written(100, 0));
        assertThat(scene.write(batch)).isEqualTo(new BatchWriter.Written(0, 0));
        assertThat(count(scene, "raw_once")).isEqualTo(100);
    }

    @Test
    void oneBadRowIsSetAsideAlone(Servers servers) {
        TableScene scene = scene(servers, "raw.bisect", new RawMetric("raw_bisect*", 1));
        SpecificRecord[] records = events("raw_bisect", 200);
        // Longer than an index row may be.
        records[123] = event("raw_bisect" + incompressible(), 1, Map.of(), null);
        records[7] = event("raw_bisect", Double.NaN, Map.of(), null);
        records[8] = new MetricBatch("shop", Map.of(), List.of(measurement("raw_bisect", 1, Map.of("a", "x\0y"))));
        records[9] = new MetricEvent(
                now.minus(Duration.ofDays(15)), "shop", "raw_bisect", MetricKind.COUNT, 1.0, null, null, Map.of(), null);
        assertThat(scene.store(records)).isEqualTo(new BatchWriter.Written(196, 4));
        assertThat(count(scene, "raw_bisect")).isEqualTo(196);
        assertThat(scene.rejectReasons())
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("value of raw_bisect is NaN, must be finite"),
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "label a is \"x␀y\" with U+0000 (shown as ␀), which PostgreSQL cannot store"),
                        reason -> assertThat(reason).contains("must be >= ", "(store.retention.raw is 14d)"),
                        reason -> assertThat(reason).startsWith("SQLSTATE 54000: "));
    }

    @Test
    void hostileTextComesBackAsItWas(Servers servers) {
        TableScene scene = scene(servers, "raw.hostile", new RawMetric("raw_hostile*", 1));
        List<String> texts = HostileTexts.storable();
        for (int i = 0; i < texts.size(); i++) {
            scene.store(event("raw_hostile_" + i, 1, Map.of("text", texts.get(i)), null));
            assertThat(scene.text(
                            "SELECT tags->>'text' FROM monitoring.pipeline_metrics WHERE metric_name = 'raw_hostile_"
                                    + i + "'"))
                    .isEqualTo(texts.get(i));
        }
        assertThat(scene.rejectReasons()).isEmpty();
    }

    @Test
    void sampleTakesItsShareAndTheSameAgain(Servers servers) {
        TableScene scene = scene(servers, "raw.sample", new RawMetric("raw_sample", 0.25));
        SpecificRecord[] records = IntStream.range(0, 4_000)
                .mapToObj(i -> event("raw_sample", i, Map.of(), "id-" + i))
                .toArray(SpecificRecord[]::new);
        long taken = scene.store(records).rows();
        // Four standard deviations of a binomial distribution.
        assertThat((double) taken).isCloseTo(1_000, within(4 * Math.sqrt(4_000 * 0.25 * 0.75)));
        String values =
                "SELECT string_agg(metric_value::text, ',' ORDER BY metric_value) FROM monitoring.pipeline_metrics"
                        + " WHERE metric_name = 'raw_sample'";
        String first = scene.text(values);
        scene.execute("DELETE FROM monitoring.pipeline_metrics WHERE metric_name = 'raw_sample'");
        scene.store(records);
        assertThat(scene.text(values)).isEqualTo(first);
    }

    @Test
    void faultySelectionIsRefused() {
        assertThatThrownBy(() -> new RawMetric("a*b", 1))
                .hasMessage("raw metric is \"a*b\", must be a name, or the beginning of names and a * behind it");
        assertThatThrownBy(() -> new RawMetric("a", 0)).hasMessage("sample of a is 0.0, must be > 0 and <= 1");
        assertThatThrownBy(() -> new RawMetric("a", Double.NaN)).hasMessageStartingWith("sample of a is NaN");
    }

    private static TableScene scene(Servers servers, String topic, RawMetric... metrics) {
        RawSelection selection = new RawSelection(List.of(metrics));
        Partitions partitions = new Partitions(Retention.DEFAULT, InstantSource.system());
        return new TableScene(
                servers.jdbcUrl(),
                topic,
                RawTable.ofEvents(selection, partitions),
                RawTable.ofBatches(selection, partitions));
    }

    private SpecificRecord[] events(String metric, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event(metric, i, Map.of(), null))
                .toArray(SpecificRecord[]::new);
    }

    private MetricEvent event(String metric, double value, Map<String, String> labels, @Nullable String id) {
        return new MetricEvent(now, "shop", metric, MetricKind.OBSERVATION, value, "s", Outcome.SUCCESS, labels, id);
    }

    private Measurement measurement(String metric, double value, Map<String, String> labels) {
        return new Measurement(now, metric, MetricKind.GAUGE, value, null, null, labels, null);
    }

    private static long count(TableScene scene, String metric) {
        return scene.number("SELECT count(*) FROM monitoring.pipeline_metrics WHERE metric_name = '" + metric + "'");
    }

    private static String incompressible() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(9_000, 'a', 'z').forEach(c -> text.append((char) c));
        return text.toString();
    }
}
