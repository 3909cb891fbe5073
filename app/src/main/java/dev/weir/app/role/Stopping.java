package dev.weir.app.role;

import dev.weir.app.CommandFailedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wait for Ctrl-C, a stop signal or a role that fails for good. */
public final class Stopping {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private Stopping() {}

    /** Closes the resource when the JVM ends, however that comes about. */
    public static void atExit(CloseStack started) {
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop"));
    }

    /**
     * Returns only by an exception; a signal ends the JVM instead.
     *
     * @throws CommandFailedException when a role has failed
     */
    public static void await(Roles roles) {
        // Nobody counts it down: waiting on it is a pause that an interrupt ends.
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                roles.failure().ifPresent(why -> {
                    throw new CommandFailedException(why);
                });
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
