package dev.weir.sink.fault;

import dev.weir.serde.AvroDeserializer;
import dev.weir.sink.Calendar;
import dev.weir.sink.PostgresSink;
import dev.weir.sink.RawMetric;
import dev.weir.sink.Retention;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkTopic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * A sink of the fault run, also as a process of its own. Arguments: Kafka's address, the registry's, the database's. The
 * process ends with its standard input.
 */
final class SinkMain {
    static final String GROUP = "faults";
    static final String USER = "weir_sink";
    static final String PASSWORD = "first";

    /** The last hours lie before it, so all days and weeks are over. */
    static final InstantSource CLOCK = InstantSource.fixed(Input.FIRST_DAY.plus(Duration.ofDays(400)));

    private static final Duration YEARS = Duration.ofDays(2_000);

    private SinkMain() {}

    public static void main(String[] arguments) throws IOException {
        PostgresSink sink = start(arguments[0], arguments[1], arguments[2]);
        while (System.in.read() >= 0) {
            // Nothing is said.
        }
        sink.close();
        System.exit(0);
    }

    static PostgresSink start(String bootstrapServers, String registry, String jdbcUrl) {
        SinkSettings settings = new SinkSettings(
                Map.of(SinkTopic.AGGREGATES, Input.AGGREGATES, SinkTopic.EVENTS, Input.EVENTS),
                List.of(new RawMetric(Input.RAW_METRIC, 1)),
                GROUP,
                jdbcUrl,
                USER,
                PASSWORD,
                3,
                40,
                Duration.ofMillis(20),
                Duration.ofMillis(300),
                new Retention(YEARS, YEARS, YEARS, YEARS),
                Calendar.UTC);
        PostgresSink sink = new PostgresSink(
                settings,
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        // The least that a broker allows: a sink that stands still is replaced after so long.
                        "session.timeout.ms",
                        6_000,
                        "heartbeat.interval.ms",
                        1_000),
                () -> decoder(registry),
                CLOCK);
        sink.start();
        return sink;
    }

    private static AvroDeserializer<SpecificRecord> decoder(String registry) {
        AvroDeserializer<SpecificRecord> decoder = new AvroDeserializer<>();
        decoder.configure(Input.serde(registry), false);
        return decoder;
    }
}
