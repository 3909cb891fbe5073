package dev.weir.alerting.lifecycle;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State of one alert between two ticks.
 *
 * @param sequence number of its last transition, over all its lives
 * @param labels alertname included; empty once closed
 * @param annotations as last filled in; empty once closed
 * @param value as last evaluated
 * @param activeAtMs tick since which the condition holds
 * @param startsAtMs tick at which it began to fire; null before
 * @param keepFiringSinceMs tick at which the condition ended while {@code keep_firing_for} holds it; else null
 * @param changedAtMs tick of its last transition
 */
public record ActiveAlert(
        String fingerprint,
        Phase phase,
        long sequence,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        double value,
        long activeAtMs,
        @Nullable Long startsAtMs,
        @Nullable Long keepFiringSinceMs,
        long changedAtMs) {
    public ActiveAlert {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence is " + sequence + ", must be >= 1 (" + fingerprint + ")");
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The fingerprint of what is kept of all alerts of a rule that are forgotten. */
    public static final String FORGOTTEN = "";

    /** What is kept of forgotten alerts: a new one's numbers begin behind the greatest of theirs. */
    public static ActiveAlert forgotten(long greatestSequence) {
        return new ActiveAlert(
                FORGOTTEN, Phase.CLOSED, greatestSequence, new TreeMap<>(), new TreeMap<>(), 0, 0, null, null, 0);
    }

    /** What is kept of an alert that ended: enough to number its next transition. */
    ActiveAlert closed(long tickMs) {
        return new ActiveAlert(
                fingerprint,
                Phase.CLOSED,
                sequence + 1,
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                activeAtMs,
                startsAtMs,
                null,
                tickMs);
    }

    ActiveAlert heldSince(long sinceMs) {
        return new ActiveAlert(
                fingerprint, phase, sequence, labels, annotations, value, activeAtMs, startsAtMs, sinceMs, changedAtMs);
    }

    /** The bytes that {@link #decode} reads. */
    public byte[] encode() {
        return ActiveAlertCodec.encode(this);
    }

    /**
     * The state that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    public static ActiveAlert decode(byte[] bytes) {
        return ActiveAlertCodec.decode(bytes);
    }
}
