package dev.weir.serve;

import java.time.Duration;
import java.time.Instant;

/**
 * What a check said of its part, and when.
 *
 * @param responseTime how long the answer took, or how long it has been waited for
 * @param lastCheck when the question was put
 */
public record PartHealth(String name, Health health, Duration responseTime, Instant lastCheck) {}
