package dev.weir.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert as Alertmanager's API v2 takes it ({@code postableAlert}). Times are RFC 3339.
 *
 * @param endsAt in the future while it fires: an Alertmanager that hears nothing more lets it end then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PostedAlert(
        Map<String, String> labels,
        Map<String, String> annotations,
        String startsAt,
        String endsAt,
        @Nullable String generatorURL) {
    /** Two sends may fail before an alert that still fires ends in Alertmanager; Prometheus' factor. */
    private static final int RESENDS_UNTIL_END = 4;

    /** The alert as it is told at {@code now}; it must be firing or resolved. */
    static PostedAlert of(AlertTransition alert, Instant now, NotifySettings settings) {
        boolean fires = alert.getState() == AlertState.FIRING;
        Instant startsAt = alert.getStartsAt() == null ? alert.getActiveAt() : alert.getStartsAt();
        Instant resolvedAt = alert.getEndsAt() == null ? alert.getEvaluatedAt() : alert.getEndsAt();
        Instant endsAt = fires ? now.plus(settings.resend().multipliedBy(RESENDS_UNTIL_END)) : resolvedAt;
        Map<String, String> labels = new TreeMap<>(settings.externalLabels());
        labels.putAll(alert.getLabels());
        return new PostedAlert(
                labels,
                alert.getAnnotations(),
                startsAt.toString(),
                endsAt.toString(),
                generatorUrl(settings.generatorUrl(), alert.getExpression()));
    }

    private static @Nullable String generatorUrl(String form, String expression) {
        return form.isEmpty()
                ? null
                : form.replace("{expression}", URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }
}
