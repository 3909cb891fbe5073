package dev.weir.app.role;

/** One part of Weir that runs on its own threads. Used by one thread; only {@link #health} is asked from any. */
public interface Role extends AutoCloseable {
    String name();

    /** Begins the work and returns; called once. */
    void start();

    Health health();

    /** Ends the work and returns within bounded time; also after a start that failed, and twice. */
    @Override
    void close();
}
