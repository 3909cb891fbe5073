package dev.weir.topology;

import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerde;
import dev.weir.topology.incident.IncidentProcessor;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The graph of incidents:
 *
 * <pre>
 * alerts, acks ─► [incident-input] ─► incidents ─► incidents
 *                                              └─► alerts, alerts.state
 * </pre>
 *
 * <p>The internal topic has one partition: any two alerts may be related, and there are few. It carries the bytes of both
 * topics as they are. Names of nodes, store and the internal topic are part of the stored state.
 */
final class IncidentTopology {
    static final String INPUT = "incident-input";
    static final String INCIDENTS = "incidents";

    private final IncidentSettings settings;
    private final InstantSource wallClock;

    IncidentTopology(IncidentSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
    }

    Topology build() {
        Topics topics = settings.topics();
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, SpecificRecord> changes = builder.stream(
                        List.of(topics.alerts(), topics.acknowledgements()),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("alerts-and-acks"))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withNumberOfPartitions(1)
                        .withName(INPUT))
                .process(stage(), Named.as(INCIDENTS));
        to(topics.incidents(), only(Incident.class, changes, "changes"), "incidents-topic");
        KStream<String, AlertTransition> escalations = only(AlertTransition.class, changes, "escalations");
        to(topics.alerts(), escalations, "alerts-topic");
        to(topics.alertStates(), escalations, "alert-states-topic");
        return builder.build();
    }

    private ProcessorSupplier<String, byte[], String, SpecificRecord> stage() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], String, SpecificRecord> get() {
                return new IncidentProcessor(settings.policy(), wallClock, IncidentTopology.this::deserializer);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return IncidentProcessor.stores();
            }
        };
    }

    private Deserializer<Object> deserializer() {
        Map<String, Object> config = new HashMap<>(settings.registry());
        config.put("specific.avro.reader", true);
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(config, false);
        return deserializer;
    }

    private static <T> KStream<String, T> only(Class<T> type, KStream<String, SpecificRecord> stage, String name) {
        return stage.filter((key, value) -> type.isInstance(value), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-typed"));
    }

    private <T extends SpecificRecord> void to(String topic, KStream<String, T> records, String name) {
        AvroSerde<T> serde = new AvroSerde<>();
        serde.configure(settings.registry(), false);
        records.to(topic, Produced.with(Serdes.String(), serde).withName(name));
    }
}
