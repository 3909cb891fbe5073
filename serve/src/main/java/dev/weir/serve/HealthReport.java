package dev.weir.serve;

import java.util.List;

/** The health of every part at one time, in the order the checks were given. */
public record HealthReport(List<PartHealth> parts) {
    public HealthReport {
        parts = List.copyOf(parts);
    }

    /** The worst status of any part; healthy when there are none. */
    public HealthStatus status() {
        return parts.stream().map(part -> part.health().status()).reduce(HealthStatus.HEALTHY, HealthStatus::worse);
    }
}
