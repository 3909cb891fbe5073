package dev.weir.app.role;

import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.Topic;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serve.Health;
import dev.weir.sink.PostgresSink;
import dev.weir.sink.SinkMigrations;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkStatus;
import dev.weir.sink.SinkTopic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The role {@code sink}: aggregates, operational records, alerts and chosen raw measurements into PostgreSQL, exactly once. */
final class SinkRole implements Role {
    private static final int ROWS_A_BATCH = 2_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final WeirConfig config;
    private volatile @Nullable PostgresSink sink;

    SinkRole(WeirConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return RoleName.SINK.text();
    }

    @Override
    public void start() {
        SinkSettings settings = settings();
        try {
            SinkMigrations.migrate(settings);
        } catch (FlywayException refused) {
            throw new CommandFailedException(
                    "the tables of " + config.store() + " cannot be brought up to date: " + refused.getMessage(),
                    refused);
        }
        PostgresSink started = new PostgresSink(
                settings, Map.copyOf(config.kafka().properties()), this::deserializer, InstantSource.system());
        sink = started;
        started.start();
    }

    @Override
    public Health health() {
        PostgresSink running = sink;
        if (running == null) {
            return Health.unhealthy("not started");
        }
        SinkStatus status = running.status();
        String waiting = running.feedStatus().entrySet().stream()
                .filter(feed -> feed.getValue().state() != SinkStatus.State.RUNNING)
                .map(feed -> feed.getKey() + " " + text(feed.getValue()))
                .collect(Collectors.joining("; "));
        Health health = waiting.isEmpty() ? Health.healthy() : Health.degraded(waiting);
        return health.with("rows_written", status.rowsWritten()).with("records_rejected", status.recordsRejected());
    }

    @Override
    public List<MeterBinder> meters() {
        PostgresSink running = sink;
        if (running == null) {
            return List.of();
        }
        return List.of(registry -> {
            FunctionCounter.builder(
                            "weir.sink.rows.written",
                            running,
                            from -> from.status().rowsWritten())
                    .description("Rows that the sink has inserted or changed")
                    .register(registry);
            FunctionCounter.builder(
                            "weir.sink.records.rejected",
                            running,
                            from -> from.status().recordsRejected())
                    .description("Records that could not be stored and were set aside in weir.sink_rejects")
                    .register(registry);
            Gauge.builder("weir.sink.running", running, from -> from.healthy() ? 1 : 0)
                    .description("1 while the sink writes, 0 while it waits for PostgreSQL or has failed")
                    .register(registry);
        });
    }

    @Override
    public Optional<String> failure() {
        PostgresSink running = sink;
        if (running == null) {
            return Optional.empty();
        }
        // Another feed that has failed only degrades the health: hourly rows must not wait for its repair.
        SinkStatus aggregates = running.feedStatus().get(PostgresSink.AGGREGATES);
        return aggregates == null || aggregates.state() != SinkStatus.State.FAILED
                ? Optional.empty()
                : Optional.of(String.valueOf(aggregates.reason()));
    }

    @Override
    public void close() {
        PostgresSink running = sink;
        if (running != null) {
            running.close();
        }
    }

    private Deserializer<SpecificRecord> deserializer() {
        Map<String, Object> values = new HashMap<>(config.schemaRegistry().serdeProperties());
        values.put("specific.avro.reader", "true");
        Deserializer<SpecificRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(values, false);
        return deserializer;
    }

    private SinkSettings settings() {
        return new SinkSettings(
                Map.of(
                        SinkTopic.AGGREGATES, topic(Topic.AGGREGATES),
                        SinkTopic.OPERATIONS, topic(Topic.OPERATIONS),
                        SinkTopic.ALERTS, topic(Topic.ALERTS),
                        SinkTopic.EVENTS, topic(Topic.EVENTS)),
                config.store().raw(),
                config.stream().applicationId() + "-sink",
                config.store().url(),
                config.store().user(),
                config.store().password().value(),
                config.store().pool(),
                ROWS_A_BATCH,
                FIRST_PAUSE,
                LONGEST_PAUSE,
                config.store().retention(),
                config.store().calendar());
    }

    private static String text(SinkStatus feed) {
        return feed.state() + (feed.reason() == null ? "" : ": " + feed.reason());
    }

    private String topic(Topic topic) {
        return config.topics().name(topic.suffix());
    }
}
