package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.Topic;
import dev.weir.serde.AvroDeserializer;
import dev.weir.sink.PostgresSink;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The role {@code sink}: hourly aggregates into PostgreSQL, exactly once. */
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
        prepareTables(settings);
        Map<String, Object> values = new HashMap<>(config.schemaRegistry().serdeProperties());
        values.put("specific.avro.reader", "true");
        Deserializer<SpecificRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(values, false);
        return deserializer;
    }

    private SinkSettings settings() {
        return new SinkSettings(
                Map.of(SinkTopic.AGGREGATES, config.topics().name(Topic.AGGREGATES.suffix())),
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
}
