package dev.weir.notify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one Alertmanager's thread: take a batch of its queue, post it. One that is away or slow holds up no other.
 *
 * <p>A batch that fails is not tried again: what it said is old by then, and the next resend says it anew.
 */
final class AlertmanagerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerLoop.class);

    private final URI url;
    private final AlertPost post;
    private final AlertQueue queue;
    private final Thread thread;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong latencyNanos = new AtomicLong();
    private volatile @Nullable String failure;

    AlertmanagerLoop(URI url, AlertPost post, int queueCapacity) {
        this.url = url;
        this.post = post;
        this.queue = new AlertQueue(queueCapacity);
        thread = new Thread(this::run, "weir-notify-" + url.getAuthority());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Puts the alerts in the queue; never waits. */
    void enqueue(Collection<PostedAlert> alerts) {
        dropped.addAndGet(queue.add(alerts));
    }

    AlertmanagerStatus status() {
        return new AlertmanagerStatus(
                url,
                sent.get(),
                errors.get(),
                dropped.get(),
                queue.size(),
                requests.get(),
                Duration.ofNanos(latencyNanos.get()),
                failure);
    }

    /** Ends soon; what waits in the queue is told by the next process, which reads it again. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tell(queue.take(NotifySettings.BATCH));
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is told nothing more", url, e);
        }
    }

    private void tell(List<PostedAlert> batch) throws InterruptedException {
        long startNanos = System.nanoTime();
        try {
            post.send(batch);
            sent.addAndGet(batch.size());
            if (failure != null) {
                LOG.info("Alertmanager {} takes alerts again", url);
            }
            failure = null;
        } catch (IOException e) {
            errors.addAndGet(batch.size());
            if (failure == null) {
                LOG.warn("Alertmanager {} does not take alerts, they are sent again: {}", url, e.getMessage());
            }
            failure = e.getMessage();
        }
        requests.incrementAndGet();
        latencyNanos.addAndGet(System.nanoTime() - startNanos);
    }
}
