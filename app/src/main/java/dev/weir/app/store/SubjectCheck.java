package dev.weir.app.store;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;
import dev.weir.alerts.IncidentAcknowledgement;
import dev.weir.app.CommandFailedException;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.topic.Topic;
import dev.weir.events.ConnectionStatistics;
import dev.weir.events.HistogramEvent;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MonitoringEvent;
import dev.weir.events.SchemaVersion;
import dev.weir.events.SlowQuery;
import dev.weir.events.WorkerIssue;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.RegistryUnavailableException;
import dev.weir.serde.SchemaRegistry;
import dev.weir.serde.Subjects;
import dev.weir.serde.UnknownSchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Compares the Avro schemas of this build with the newest ones of their subjects. */
public final class SubjectCheck {
    private SubjectCheck() {}

    /**
     * What is missing or incompatible.
     *
     * @throws CommandFailedException when the registry is away
     */
    public static List<SchemaFinding> findings(WeirConfig config) {
        Map<String, String> settings = config.schemaRegistry().serdeProperties();
        SchemaRegistry registry = SchemaRegistry.of(settings);
        List<SchemaFinding> findings = new ArrayList<>();
        subjects(config).forEach((subject, mine) -> {
            try {
                compare(subject, mine, registry.latest(subject).schema(), findings);
            } catch (UnknownSchemaException missing) {
                findings.add(SchemaFinding.note("subject " + subject, "is missing: nothing was written with it yet"));
            } catch (RegistryUnavailableException away) {
                throw new CommandFailedException(
                        "schema registry " + config.schemaRegistry().url() + ": " + away.getMessage(), away);
            }
        });
        return findings;
    }

    /** Services publish events and operational records under the name of the record; what Weir writes has a topic each. */
    private static Map<String, Schema> subjects(WeirConfig config) {
        Map<String, Schema> subjects = new LinkedHashMap<>();
        for (Schema event : List.of(
                MetricEvent.getClassSchema(),
                MetricBatch.getClassSchema(),
                HistogramEvent.getClassSchema(),
                WorkerIssue.getClassSchema(),
                MonitoringEvent.getClassSchema(),
                SlowQuery.getClassSchema(),
                ConnectionStatistics.getClassSchema(),
                SchemaVersion.getClassSchema())) {
            subjects.put(event.getFullName(), event);
        }
        Map<Topic, Schema> written = new LinkedHashMap<>();
        written.put(Topic.AGGREGATES, WindowAggregate.getClassSchema());
        written.put(Topic.ALERTS, AlertTransition.getClassSchema());
        written.put(Topic.ALERTS_STATE, AlertTransition.getClassSchema());
        written.put(Topic.REJECTED, RejectedEvent.getClassSchema());
        written.put(Topic.INCIDENTS, Incident.getClassSchema());
        written.put(Topic.ACKS, IncidentAcknowledgement.getClassSchema());
        written.forEach((topic, schema) -> subjects.put(
                Subjects.ofValue(
                        config.schemaRegistry().serdeProperties(),
                        config.topics().name(topic.suffix()),
                        schema),
                schema));
        return subjects;
    }

    private static void compare(String subject, Schema mine, Schema registered, List<SchemaFinding> findings) {
        addIncompatible(subject, "this build cannot read the registered schema", mine, registered, findings);
        addIncompatible(
                subject, "a reader of the registered schema cannot read this build's", registered, mine, findings);
    }

    private static void addIncompatible(
            String subject, String what, Schema reader, Schema writer, List<SchemaFinding> findings) {
        for (Incompatibility fault : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            findings.add(SchemaFinding.fault(
                    "subject " + subject,
                    "is incompatible, " + what + ": " + fault.getType() + " at " + place(reader, fault.getLocation())
                            + ": " + fault.getMessage()));
        }
    }

    /** The field by name: {@code /fields/3/type} says nothing to who did not count. */
    private static String place(Schema reader, String location) {
        String[] steps = location.split("/", -1);
        if (steps.length > 2 && steps[1].equals("fields") && reader.getType() == Schema.Type.RECORD) {
            int number = Integer.parseInt(steps[2]);
            return "field " + reader.getFields().get(number).name() + " (" + location + ")";
        }
        return location;
    }
}
