package dev.weir.alerting.incident;

import java.time.Duration;
import java.util.Optional;

/**
 * One step of the escalation. An alert whose label {@code severity} is the level's name begins there.
 *
 * @param after how long an incident may stay unacknowledged before the next level; empty for the last
 */
public record EscalationLevel(String name, Optional<Duration> after) {}
