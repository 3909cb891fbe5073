package dev.weir.alerting.lifecycle;

import dev.weir.alerting.eval.Bounds;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes transitions of one rule at one tick as records for the alert topic. */
record TransitionRecord(Rule.Alerting rule, String group, long tickMs) {

    /** Into pending or firing. */
    AlertTransition raised(ActiveAlert alert, AlertState state, Sample sample) {
        return builder(alert, alert.sequence())
                .setState(state)
                .setReason(null)
                .setValue(sample.value())
                .setValueLow(low(sample.bounds()))
                .setValueHigh(high(sample.bounds()))
                .setEndsAt(null)
                .build();
    }

    /** Out of firing or pending; {@code alert} is as it was before. */
    AlertTransition closed(ActiveAlert alert, ResolveReason reason) {
        boolean fired = alert.phase() == Phase.FIRING;
        return builder(alert, alert.sequence() + 1)
                .setState(fired ? AlertState.RESOLVED : AlertState.INACTIVE)
                .setReason(reason)
                .setValue(null)
                .setEndsAt(fired ? Instant.ofEpochMilli(tickMs) : null)
                .build();
    }

    private AlertTransition.Builder builder(ActiveAlert alert, long sequence) {
        Long startsAtMs = alert.startsAtMs();
        return AlertTransition.newBuilder()
                .setFingerprint(alert.fingerprint())
                .setSequence(sequence)
                .setAlertname(rule.name())
                .setGroup(group)
                .setLabels(alert.labels())
                .setAnnotations(alert.annotations())
                .setEvaluatedAt(Instant.ofEpochMilli(tickMs))
                .setActiveAt(Instant.ofEpochMilli(alert.activeAtMs()))
                .setStartsAt(startsAtMs == null ? null : Instant.ofEpochMilli(startsAtMs))
                .setExpression(rule.expression())
                .setRuleVersion(rule.version());
    }

    private static @Nullable Double low(@Nullable Bounds bounds) {
        return bounds == null ? null : bounds.low();
    }

    private static @Nullable Double high(@Nullable Bounds bounds) {
        return bounds == null ? null : bounds.high();
    }
}
