package dev.weir.app.role;

import dev.weir.serve.Health;
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

    /** Ends the work and returns within bounded time; also after a start that failed, and twice. */
    @Override
    void close();
}
