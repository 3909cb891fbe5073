package dev.weir.sink;

/** A stretch of time {@code [startMs, endMs)}. */
record Span(long startMs, long endMs) {}
