package dev.weir.topology.incident;

import dev.weir.alerting.incident.Acknowledgement;
import dev.weir.alerting.incident.IncidentOutput;
import dev.weir.alerting.incident.IncidentPolicy;
import dev.weir.alerting.incident.IncidentState;
import dev.weir.alerting.incident.Incidents;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.alerts.IncidentAcknowledgement;
import dev.weir.serde.RegistryUnavailableException;
import dev.weir.topology.state.StoreBuilders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Runs {@link Incidents} over everything that happens: (any key → AlertTransition or IncidentAcknowledgement as bytes) →
 * (incident → {@link Incident}) and (fingerprint → {@link AlertTransition}).
 *
 * <p>Each second the wall clock climbs the levels that are due, also on silent input. What cannot be decoded, and
 * acknowledgements of incidents that are not there, are counted. One thread.
 */
public final class IncidentProcessor implements Processor<String, byte[], String, SpecificRecord>, IncidentOutput {
    /** State of an incident or of similar alerts by its key. Renaming it is a state migration. */
    public static final String STORE = "incidents";

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final IncidentPolicy policy;
    private final InstantSource wallClock;
    private final Deserializer<Object> deserializer;
    private ProcessorContext<String, SpecificRecord> context;
    private Incidents incidents;
    private Sensor undecodable;
    private Sensor unknownAcknowledgements;

    /** @param deserializer makes one of its own, since it keeps buffers */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public IncidentProcessor(
            IncidentPolicy policy, InstantSource wallClock, Supplier<Deserializer<Object>> deserializer) {
        this.policy = policy;
        this.wallClock = wallClock;
        this.deserializer = deserializer.get();
    }

    /** Its stores. */
    public static Set<StoreBuilder<?>> stores() {
        return Set.of(StoreBuilders.inMemory(STORE, Serdes.String(), Serdes.ByteArray()));
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        undecodable = sensor("undecodable-records");
        unknownAcknowledgements = sensor("unknown-acknowledgements");
        KeyValueStore<String, byte[]> store = context.getStateStore(STORE);
        IncidentState state = new IncidentState(store::put);
        try (KeyValueIterator<String, byte[]> stored = store.all()) {
            stored.forEachRemaining(entry -> state.restore(entry.key, entry.value));
        }
        incidents = new Incidents(policy, state, this);
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, wallMs -> incidents.advance(wallClock.instant()));
    }

    @Override
    public void process(Record<String, byte[]> message) {
        try {
            accept(deserializer.deserialize("", message.headers(), message.value()));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            undecodable.record();
        }
    }

    @Override
    public void changed(Incident incident) {
        context.forward(new Record<>(
                incident.getIncident(), incident, incident.getChangedAt().toEpochMilli()));
    }

    @Override
    public void alert(AlertTransition transition) {
        context.forward(new Record<>(
                transition.getFingerprint(),
                transition,
                transition.getEvaluatedAt().toEpochMilli()));
    }

    private void accept(Object value) {
        Instant now = wallClock.instant();
        if (value instanceof AlertTransition transition) {
            incidents.alert(transition, now);
        } else if (value instanceof IncidentAcknowledgement by) {
            Acknowledgement acknowledgement = new Acknowledgement(
                    by.getIncident(), by.getBy(), by.getNote(), by.getAt().toEpochMilli());
            if (!incidents.acknowledge(acknowledgement, now)) {
                unknownAcknowledgements.record();
            }
        } else {
            undecodable.record();
        }
    }

    private Sensor sensor(String name) {
        return context.metrics()
                .addRateTotalSensor("weir-incidents", context.taskId().toString(), name, Sensor.RecordingLevel.INFO);
    }
}
