package dev.weir.publisher;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sources of a publisher. Thread-safe. */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final Set<Source> attached = ConcurrentHashMap.newKeySet();
    /** Removed since the last flush: what they hold still has to go. */
    private final Set<Source> detached = ConcurrentHashMap.newKeySet();

    void attach(Source source) {
        attached.add(source);
    }

    void detach(Source source) {
        if (!source.isLevel()) {
            detached.add(source);
        }
        attached.remove(source);
    }

    int size() {
        return attached.size();
    }

    void collect(long nowMs, Outbox out) {
        attached.forEach(source -> collect(source, nowMs, out));
        detached.removeIf(source -> {
            collect(source, nowMs, out);
            return true;
        });
    }

    /** Once more, for recordings that ran beside the last flush. */
    void collectRest(long nowMs, Outbox out) {
        attached.stream().filter(source -> !source.isLevel()).forEach(source -> collect(source, nowMs, out));
    }

    /** A function of the service that fails, in whatever way, must neither keep the other sources from being read nor end the thread. */
    private static void collect(Source source, long nowMs, Outbox out) {
        try {
            source.collect(nowMs, out);
        } catch (Throwable e) {
            LOG.debug("A meter could not be read", e);
        }
    }
}
