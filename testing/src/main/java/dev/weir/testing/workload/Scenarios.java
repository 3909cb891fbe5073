package dev.weir.testing.workload;

import java.time.Duration;
import java.util.List;

/** The scenarios that exist. */
public final class Scenarios {
    private Scenarios() {}

    /** The five monitored systems. */
    public static List<Scenario> systems() {
        return List.of(aiqleads(), producers(), chatdb(), pyairtable(), lakehouse());
    }

    /** Schema validation of AIQLeads. */
    public static Scenario aiqleads() {
        return AiqleadsScenario.create();
    }

    /** The producer discovery pipeline. */
    public static Scenario producers() {
        return ProducersScenario.create();
    }

    /** ChatDB's services. */
    public static Scenario chatdb() {
        return ChatdbScenario.create();
    }

    /** PyAirtable's services. */
    public static Scenario pyairtable() {
        return PyairtableScenario.create();
    }

    /** The AI-AAS lakehouse. */
    public static Scenario lakehouse() {
        return LakehouseScenario.create();
    }

    /** The live service of the demo, with an incident in {@code [incidentStart, incidentEnd)} from the workload's start. */
    public static Scenario checkout(Duration incidentStart, Duration incidentEnd) {
        return CheckoutScenario.create(incidentStart, incidentEnd);
    }

    /** {@code series} series that together send {@code eventsPerSecond} events a second of event time, at most 1,000 each. */
    public static Scenario uniform(int series, double eventsPerSecond) {
        return UniformScenario.create(series, eventsPerSecond);
    }
}
