package dev.weir.benchmarks.engine.limit;

import java.util.Map;

/** Where the loop reads and writes, and how long its windows are. */
record LimitSettings(
        String bootstrapServers, Map<String, Object> registry, String topic, String output, long windowMs) {}
