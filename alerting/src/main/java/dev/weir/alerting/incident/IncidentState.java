package dev.weir.alerting.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that last or ended lately, and the histories of similar alerts: in memory, and written through to a {@link
 * Journal} as JSON. One thread.
 */
public final class IncidentState {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final String INCIDENT = "incident/";
    private static final String SIMILAR = "similar/";

    private final Journal journal;
    private final Map<String, OpenIncident> incidents = new LinkedHashMap<>();
    private final Map<String, SimilarAlerts> similar = new LinkedHashMap<>();

    /** Where the state is kept: keys → values, the latest of a key. */
    public interface Journal {
        /** Keeps a value; null removes the key. */
        void put(String key, byte @Nullable [] value);
    }

    public IncidentState(Journal journal) {
        this.journal = journal;
    }

    /**
     * Takes back one entry of the journal.
     *
     * @throws IllegalArgumentException if it was not written by this class
     */
    public void restore(String key, byte[] value) {
        try {
            if (key.startsWith(INCIDENT)) {
                incidents.put(key.substring(INCIDENT.length()), JSON.readValue(value, OpenIncident.class));
            } else {
                similar.put(key.substring(SIMILAR.length()), JSON.readValue(value, SimilarAlerts.class));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "state of " + key + " is " + value.length + " bytes, must be JSON of an incident", e);
        }
    }

    /** In the order in which they were opened, those that ended lately included. */
    Collection<OpenIncident> incidents() {
        return new ArrayList<>(incidents.values());
    }

    Optional<OpenIncident> incident(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    void put(OpenIncident incident) {
        incidents.put(incident.id(), incident);
        journal.put(INCIDENT + incident.id(), bytes(incident));
    }

    SimilarAlerts similar(String key) {
        return similar.getOrDefault(key, SimilarAlerts.NONE);
    }

    void put(String key, SimilarAlerts alerts) {
        similar.put(key, alerts);
        journal.put(SIMILAR + key, bytes(alerts));
    }

    /** Forgets incidents that ended before, and similar alerts last seen before. */
    void forgetBefore(long wallMs) {
        for (OpenIncident incident : incidents()) {
            Long resolvedAtMs = incident.resolvedAtMs();
            if (resolvedAtMs != null && resolvedAtMs < wallMs) {
                incidents.remove(incident.id());
                journal.put(INCIDENT + incident.id(), null);
            }
        }
        for (String key : List.copyOf(similar.keySet())) {
            if (similar(key).seenAtMs() < wallMs) {
                similar.remove(key);
                journal.put(SIMILAR + key, null);
            }
        }
    }

    private static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("incident cannot be written as JSON", e);
        }
    }
}
