package dev.weir.publisher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.events.MonitoringEvent;
import dev.weir.events.WorkerIssue;
import dev.weir.publisher.Outgoing.Destination;
import dev.weir.publisher.Outgoing.Parcel;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Worker issues and monitoring events. What no table could hold is dropped and counted. Thread-safe. */
final class Operations {
    private static final int OBJECT_BYTES = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String service;
    private final Outbox outbox;
    private final Tally tally;
    private final InstantSource clock;

    Operations(String service, Outbox outbox, Tally tally, InstantSource clock) {
        this.service = service;
        this.outbox = outbox;
        this.tally = tally;
        this.clock = clock;
    }

    OpenIssue report(
            String id, String worker, String type, Severity severity, String message, Map<String, String> details) {
        issue(id, worker, type, severity, message, details, null);
        return new OpenIssue(id, resolution -> issue(id, worker, type, severity, message, details, resolution));
    }

    void event(String type, Map<String, String> details) {
        if (isText(type)) {
            String json = json(details);
            put(null, new MonitoringEvent(clock.instant(), type, service, json), type, json);
        }
    }

    private void issue(
            String id,
            String worker,
            String type,
            Severity severity,
            String message,
            Map<String, String> details,
            @Nullable String resolution) {
        if (isText(id) && isText(worker) && isText(type)) {
            String json = json(details);
            WorkerIssue issue = new WorkerIssue(
                    clock.instant(), id, worker, type, severity.text(), message, json, resolution != null, resolution);
            put(id, issue, message, json, resolution);
        }
    }

    private void put(@Nullable String key, SpecificRecord record, @Nullable String... texts) {
        if (tally.refusesRecording()) {
            return;
        }
        long bytes = OBJECT_BYTES;
        for (String text : texts) {
            bytes += text == null ? 0 : 2L * text.length();
        }
        outbox.put(new Parcel(Destination.OPERATIONS, key, record, bytes, 1));
    }

    private boolean isText(String text) {
        boolean allowed = !text.isBlank() && text.length() <= SeriesRules.MAX_LABEL_VALUE && text.indexOf('\0') < 0;
        if (!allowed) {
            tally.drop(DropReason.INVALID_TEXT, 1);
        }
        return allowed;
    }

    private static @Nullable String json(Map<String, String> details) {
        try {
            return details.isEmpty() ? null : JSON.writeValueAsString(new TreeMap<>(details));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("details are " + details + ", must be texts", e);
        }
    }
}
