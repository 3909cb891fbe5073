package dev.weir.serve;

/** A question that one part of Weir answers about itself. */
public interface HealthCheck {
    /** The part's name, unique in its process: {@code kafka}, {@code postgres}. */
    String name();

    /**
     * Looks now. May block: the caller gives it a thread of its own, waits only so long, and does not ask a second
     * time while the first answer is outstanding. It is interrupted when the process stops.
     *
     * @throws Exception taken as unhealthy, with the exception's message
     */
    Health check() throws Exception;
}
