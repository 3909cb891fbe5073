package dev.weir.app.role;

import dev.weir.serve.Health;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;

/** One part of Weir that runs on its own threads. Used by one thread; {@link #health} and {@link #failure} are asked from any. */
public interface Role extends AutoCloseable {
    String name();

    /** Begins the work and returns; called once. */
    void start();

    Health health();

    /** Why the role has ended for good, so that the process should end and be started again; empty while it has not. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** What it measures of itself; asked once, after the start. */
    default List<MeterBinder> meters() {
        return List.of();
    }

    /** Ends the work and returns within bounded time; also after a start that failed, and twice. */
    @Override
    void close();
}
