package dev.weir.topology.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the registry has answered that it does not know, so that a broken producer costs a request in a while and not one a
 * record. Not for ever: an id may be registered a moment after its first record.
 *
 * <p>Bounds: {@value #MOST} answers, the oldest goes first, each for {@link #KEPT}. Not thread-safe.
 */
final class UnknownSchemas {
    static final Duration KEPT = Duration.ofSeconds(30);
    static final int MOST = 1_000;

    private record Answer(InvalidEventException refusal, Instant until) {}

    private final InstantSource wallClock;
    private final Map<Object, Answer> answers = new LinkedHashMap<>();

    UnknownSchemas(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** Fails again as the registry's answer about the schema did, while that is fresh. */
    void check(Object schema) throws InvalidEventException {
        if (answers.isEmpty()) {
            return;
        }
        @Nullable Answer answer = answers.get(schema);
        if (answer != null) {
            if (wallClock.instant().isBefore(answer.until())) {
                throw answer.refusal();
            }
            answers.remove(schema);
        }
    }

    /** Keeps an answer; the schema must be an object with value equality. */
    void add(Object schema, InvalidEventException refusal) {
        if (answers.size() >= MOST) {
            Iterator<Object> oldest = answers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        answers.put(schema, new Answer(refusal, wallClock.instant().plus(KEPT)));
    }
}
