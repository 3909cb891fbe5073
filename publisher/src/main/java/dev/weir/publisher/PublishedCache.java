package dev.weir.publisher;

import dev.weir.events.Outcome;

/** Hits and misses of a cache, added up and sent at each flush. Calls never wait and never throw; any thread may make them. */
public final class PublishedCache {
    private final Recording requests;

    PublishedCache(Recording requests) {
        this.requests = requests;
    }

    public void hit() {
        requests.record(1, Outcome.HIT, null);
    }

    public void miss() {
        requests.record(1, Outcome.MISS, null);
    }
}
