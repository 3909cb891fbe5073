package dev.weir.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.CommandFailedException;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroSerializer;
import dev.weir.series.Series;
import dev.weir.testing.kafka.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownSeriesIT {
    private static final Duration MOST = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void eachSeriesOfTheAggregatesIsKnownOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            WeirConfig config = config(broker.bootstrapServers());
            String topic = config.topics().name("aggregates");
            broker.createTopic(topic, 3, Map.of());
            AvroSerializer<WindowAggregate> values = new AvroSerializer<>();
            values.configure(config.schemaRegistry().serdeProperties(), false);
            try (KafkaProducer<String, WindowAggregate> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), values)) {
                for (String code : List.of("200", "500", "200")) {
                    WindowAggregate window = window(code);
                    producer.send(new ProducerRecord<>(topic, code, window)).get();
                }
            }
            assertThat(KnownSeries.read(config, MOST))
                    .extracting(Series::key)
                    .containsExactly(
                            "requests_total{service=\"api\",code=\"200\"}",
                            "requests_total{service=\"api\",code=\"500\"}");
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> KnownSeries.read(config("127.0.0.1:1"), MOST))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("topic weir.aggregates cannot be read");
    }

    private static WeirConfig config(String bootstrap) {
        Map<String, String> settings =
                Map.of("kafka.bootstrap.servers", bootstrap, "schema.registry.url", "mock://known-series");
        return new ConfigReader(Map.of()).read(Optional.empty(), settings).config();
    }

    private static WindowAggregate window(String code) {
        return WindowAggregate.newBuilder()
                .setMetric("requests_total")
                .setService("api")
                .setLabels(Map.of("code", code))
                .setKind(MetricKind.COUNT)
                .setWindowStart(Instant.EPOCH)
                .setWindowEnd(Instant.EPOCH.plusSeconds(60))
                .setQuantiles(List.of())
                .setCount(1)
                .setSum(1)
                .setMin(1)
                .setMax(1)
                .setRate(1)
                .setFinal$(true)
                .setRevision(0)
                .build();
    }
}
