package dev.weir.publisher;

import dev.weir.events.Outcome;
import org.jspecify.annotations.Nullable;

/** What an instrument does with a value; never throws, never waits. Any thread calls it. */
@FunctionalInterface
interface Recording {
    /** Takes a value; the event id is for de-duplication, of use only where the value is sent by itself. */
    void record(double value, @Nullable Outcome outcome, @Nullable String eventId);
}
