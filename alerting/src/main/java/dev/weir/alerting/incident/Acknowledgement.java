package dev.weir.alerting.incident;

import org.jspecify.annotations.Nullable;

/** Somebody takes care of an incident. */
public record Acknowledgement(
        String incident, String by, @Nullable String note, long atMs) {}
