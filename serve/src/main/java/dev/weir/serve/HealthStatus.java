package dev.weir.serve;

import java.util.Locale;

/** How well one part, or the whole, does its work; from best to worst. */
public enum HealthStatus {
    /** Does all of its work. */
    HEALTHY,
    /** Works, but slowly, in part, or on a reserve. */
    DEGRADED,
    /** Does not work. */
    UNHEALTHY;

    /** The lower-case word used in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
