package dev.weir.app.role;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be closed last first. A part that fails or takes too long does not keep the others from closing. */
public final class CloseStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

    private final Duration mostEach;
    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable resource) {}

    /** @param mostEach after this long a part is left to its fate */
    public CloseStack(Duration mostEach) {
        this.mostEach = mostEach;
    }

    /** Takes over the resource, to be closed before all earlier ones. */
    public synchronized <T extends AutoCloseable> T push(String name, T resource) {
        parts.push(new Part(name, resource));
        return resource;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private void close(Part part) {
        Thread closer = new Thread(
                () -> {
                    try {
                        part.resource().close();
                    } catch (Exception failure) {
                        LOG.warn("{} did not close cleanly", part.name(), failure);
                    }
                },
                "close-" + part.name());
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(mostEach.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closer.isAlive()) {
            LOG.warn("{} has not closed within {}", part.name(), mostEach);
        }
    }
}
