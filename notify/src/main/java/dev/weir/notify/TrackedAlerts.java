package dev.weir.notify;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that Alertmanagers must be told of, and when each is due: the rules of Prometheus' rule manager, by the wall
 * clock. One thread.
 *
 * <p>A change is due at once. A firing alert is due again after each resend interval, a resolved one for 15 minutes.
 * Pending alerts are nobody's business.
 *
 * <p>A firing alert of an old tick is held while the stream is still on its way to the present, as in a replay: it may
 * turn out to have ended long ago. One that ends while it is held was never told, so its end is not told either.
 *
 * <p>To an Alertmanager alerts of the same labels are one, also those of several rules: it ends when the last of them does.
 */
final class TrackedAlerts {
    private final Duration resend;
    private final Duration maxDelay;
    private final Map<String, Tracked> alerts = new LinkedHashMap<>();
    private int held;

    private static final class Tracked {
        final AlertTransition transition;
        /** When a resolved alert need not be told any more. */
        final @Nullable Instant until;

        @Nullable
        Instant sentAt;

        Tracked(AlertTransition transition, @Nullable Instant until) {
            this.transition = transition;
            this.until = until;
        }

        boolean fires() {
            return transition.getState() == AlertState.FIRING;
        }

        boolean told() {
            return sentAt != null;
        }
    }

    TrackedAlerts(Duration resend, Duration maxDelay) {
        this.resend = resend;
        this.maxDelay = maxDelay;
    }

    /** Takes note of a transition read at {@code now}. */
    void observe(AlertTransition transition, Instant now) {
        String fingerprint = transition.getFingerprint();
        Tracked before = alerts.remove(fingerprint);
        switch (transition.getState()) {
            case FIRING -> alerts.put(fingerprint, new Tracked(transition, null));
            case RESOLVED -> resolve(transition, before, now);
            case PENDING, INACTIVE -> {
                // An end that is still to be told is not undone by an alert that may begin again.
                if (before != null && !before.fires()) {
                    alerts.put(fingerprint, before);
                }
            }
        }
    }

    /** Forgets an alert whose state is gone from the topic. */
    void forget(String fingerprint) {
        alerts.remove(fingerprint);
    }

    /**
     * The alerts to tell now, in the order in which they changed; they count as told.
     *
     * @param streamIsCurrent whether event time has come up to the wall clock; asked only if an old alert fires
     */
    List<AlertTransition> due(Instant now, BooleanSupplier streamIsCurrent) {
        alerts.values().removeIf(alert -> alert.until != null && alert.until.isBefore(now));
        List<AlertTransition> due = new ArrayList<>();
        held = 0;
        boolean releases =
                alerts.values().stream().anyMatch(alert -> mustWait(alert, now)) && streamIsCurrent.getAsBoolean();
        forgetEndsOfWhatFires(now, releases);
        for (Tracked alert : alerts.values()) {
            if (mustWait(alert, now) && !releases) {
                held++;
            } else if (alert.sentAt == null || !alert.sentAt.plus(resend).isAfter(now)) {
                alert.sentAt = now;
                due.add(alert.transition);
            }
        }
        return due;
    }

    private void forgetEndsOfWhatFires(Instant now, boolean releases) {
        if (alerts.values().stream().allMatch(Tracked::fires)) {
            return;
        }
        Set<Map<String, String>> firing = alerts.values().stream()
                .filter(alert -> alert.fires() && (releases || !mustWait(alert, now)))
                .map(alert -> alert.transition.getLabels())
                .collect(Collectors.toSet());
        alerts.values().removeIf(alert -> !alert.fires() && firing.contains(alert.transition.getLabels()));
    }

    /** Firing alerts, held ones included. */
    int firing() {
        return (int) alerts.values().stream().filter(Tracked::fires).count();
    }

    /** Firing alerts of the past that the last call of {@link #due} held back. */
    int held() {
        return held;
    }

    private void resolve(AlertTransition transition, @Nullable Tracked before, Instant now) {
        if (before != null && before.fires()) {
            if (before.told()) {
                alerts.put(
                        transition.getFingerprint(),
                        new Tracked(transition, now.plus(NotifySettings.RESOLVED_RETENTION)));
            }
            return;
        }
        // An earlier process may have told of it: Alertmanager ignores the end of what it never heard of.
        Instant endedAt = transition.getEndsAt() == null ? transition.getEvaluatedAt() : transition.getEndsAt();
        Instant until = endedAt.plus(NotifySettings.RESOLVED_RETENTION);
        if (until.isAfter(now)) {
            alerts.put(transition.getFingerprint(), new Tracked(transition, until));
        }
    }

    private boolean mustWait(Tracked alert, Instant now) {
        return alert.fires()
                && !alert.told()
                && alert.transition.getEvaluatedAt().plus(maxDelay).isBefore(now);
    }
}
