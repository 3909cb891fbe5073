package dev.weir.sink;

import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Scene.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.MonitoringEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several topics in one sink: each is stored, and none waits for another. */
@ExtendWith(Servers.Extension.class)
final class SinkFeedsIT {
    @Test
    void blockedAndPoisonedTopicsDelayNoOther(Servers servers) {
        try (Scene aggregates = new Scene(servers, "feeds", 1);
                Scene operations = new Scene(servers, "feeds-operations", 1);
                Scene events = new Scene(servers, "feeds-events", 1);
                Handle blocking = aggregates.jdbi.open()) {
            blocking.begin();
            blocking.execute("LOCK TABLE monitoring.pipeline_metrics IN ACCESS EXCLUSIVE MODE");
            MetricEvent raw = new MetricEvent(
                    Instant.now(), "shop", "feeds_raw", MetricKind.COUNT, 1.0, null, null, Map.of(), null);
            events.sendBytes(Aggregates.encode(raw));
            events.sendBytes(new byte[] {9});
            events.sendBytes(Aggregates.encode(raw));
            operations.sendBytes(new byte[] {9});
            operations.sendBytes(Aggregates.encode(raw));
            operations.sendBytes(Aggregates.encode(new MonitoringEvent(Instant.now(), "feeds", null, null)));
            aggregates.send(hourly("feeds_seconds", 0, 1));
            try (PostgresSink sink = sink(servers, aggregates, operations, events)) {
                aggregates.awaitStored(sink, 1);
                operations.awaitStored(sink, 3);
                assertThat(aggregates.count("feeds_seconds")).isEqualTo(1);
                assertThat(operations.number("SELECT count(*) FROM public.monitoring_events WHERE event_type = 'feeds'"))
                        .isEqualTo(1);
                assertThat(operations.rejectReasons()).satisfiesExactly(
                        reason -> assertThat(reason).startsWith("undecodable: "),
                        reason -> assertThat(reason)
                                .isEqualTo("value is a dev.weir.events.MetricEvent, must be one of WorkerIssue,"
                                        + " MonitoringEvent, SlowQuery, ConnectionStatistics, SchemaVersion,"
                                        + " AlertTransition"));
                assertThat(events.storedRecords()).isZero();
                blocking.rollback();
                events.awaitStored(sink, 3);
                assertThat(events.number("SELECT count(*) FROM monitoring.pipeline_metrics WHERE metric_name = 'feeds_raw'"))
                        .isEqualTo(2);
                // What is no event is set aside by the stream, not here.
                assertThat(events.rejectReasons()).isEmpty();
                await().atMost(LIMIT).until(sink::healthy);
                assertThat(sink.feedStatus().keySet()).containsExactly("aggregates", "operations", "raw");
                assertThat(sink.status().rowsWritten()).isEqualTo(1 + 1 + 2);
            }
        }
    }

    private static PostgresSink sink(Servers servers, Scene aggregates, Scene operations, Scene events) {
        SinkSettings usual = aggregates.settings();
        SinkSettings settings = new SinkSettings(
                Map.of(
                        SinkTopic.AGGREGATES, aggregates.topic,
                        SinkTopic.OPERATIONS, operations.topic,
                        SinkTopic.EVENTS, events.topic),
                List.of(new RawMetric("feeds_raw", 1)),
                usual.groupId(),
                usual.jdbcUrl(),
                usual.user(),
                usual.password(),
                4,
                usual.maxRowsPerBatch(),
                usual.retryDelay(),
                usual.retryDelayLimit(),
                usual.retention(),
                usual.calendar());
        PostgresSink sink = new PostgresSink(
                settings,
                Map.of("bootstrap.servers", servers.broker().bootstrapServers()),
                Aggregates::decoder,
                InstantSource.system());
        sink.start();
        return sink;
    }
}
