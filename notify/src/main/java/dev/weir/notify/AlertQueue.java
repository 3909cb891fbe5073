package dev.weir.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** A bounded queue between the one that finds alerts due and the one that posts them: when full, the oldest go. Thread-safe. */
final class AlertQueue {
    private final int capacity;
    private final Deque<PostedAlert> waiting = new ArrayDeque<>();

    AlertQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds the alerts in their order and returns how many older ones, or of these the first, were dropped for it. */
    synchronized int add(Collection<PostedAlert> alerts) {
        waiting.addAll(alerts);
        int dropped = 0;
        for (; waiting.size() > capacity; dropped++) {
            waiting.removeFirst();
        }
        notifyAll();
        return dropped;
    }

    /** Waits until there is an alert and takes the oldest, at most so many. */
    synchronized List<PostedAlert> take(int most) throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        List<PostedAlert> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    synchronized int size() {
        return waiting.size();
    }
}
