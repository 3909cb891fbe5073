package dev.weir.app.role;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The names of the roles, in the order in which they start. */
public enum RoleName {
    /** Health and metrics over HTTP; first, so that a slow start of the others can be watched. */
    SERVE,
    /** Events to aggregates and alerts. */
    STREAM,
    /** Aggregates to PostgreSQL. */
    SINK,
    /** Alerts to Alertmanagers. */
    NOTIFY,
    /** Alerts to incidents and their escalation. */
    INCIDENTS;

    /** The role as it is written on the command line. */
    public static Optional<RoleName> of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text.strip()))
                .findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All roles, for messages. */
    public static String all() {
        return Arrays.stream(values()).map(RoleName::text).sorted().collect(Collectors.joining(", "));
    }
}
