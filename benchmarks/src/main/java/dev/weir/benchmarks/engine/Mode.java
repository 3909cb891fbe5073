package dev.weir.benchmarks.engine;

/** What a run of the command does. */
enum Mode {
    COMPARE,
    PROFILE,
    LATENCY,
    RECOVERY,
    MEMORY
}
