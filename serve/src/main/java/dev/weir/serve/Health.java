package dev.weir.serve;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one check found out about its part.
 *
 * @param message one sentence for a human; empty when there is nothing to say
 * @param details facts by name, for instance the lag in records; shown to anybody who can reach the port: no secrets
 */
public record Health(HealthStatus status, String message, SortedMap<String, String> details) {
    public Health {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    public static Health healthy() {
        return new Health(HealthStatus.HEALTHY, "", new TreeMap<>());
    }

    public static Health degraded(String message) {
        return new Health(HealthStatus.DEGRADED, message, new TreeMap<>());
    }

    public static Health unhealthy(String message) {
        return new Health(HealthStatus.UNHEALTHY, message, new TreeMap<>());
    }

    /** The same finding with one more fact. */
    public Health with(String name, Object value) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.put(name, value.toString());
        return new Health(status, message, more);
    }
}
