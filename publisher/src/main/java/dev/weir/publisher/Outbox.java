package dev.weir.publisher;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the publisher's thread, in the order it came, bounded in bytes. Any thread puts in, without a lock; one takes out.
 *
 * <p>What does not fit is dropped and counted: the newest, so that what is sent has no holes.
 */
final class Outbox {
    private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong usedBytes = new AtomicLong();
    private final long capacityBytes;
    private final Tally tally;
    private volatile @Nullable Thread reader;

    Outbox(long capacityBytes, Tally tally) {
        this.capacityBytes = capacityBytes;
        this.tally = tally;
    }

    /** The thread to wake when half of the space is used. */
    void readBy(Thread thread) {
        reader = thread;
    }

    void put(Outgoing outgoing) {
        long bytes = outgoing.bytes();
        long used = usedBytes.addAndGet(bytes);
        if (used > capacityBytes) {
            usedBytes.addAndGet(-bytes);
            tally.drop(DropReason.BUFFER_FULL, outgoing.recordings());
            return;
        }
        queue.add(outgoing);
        long half = capacityBytes / 2;
        if (used >= half && used - bytes < half) {
            LockSupport.unpark(reader);
        }
    }

    @Nullable
    Outgoing peek() {
        return queue.peek();
    }

    @Nullable
    Outgoing poll() {
        Outgoing outgoing = queue.poll();
        if (outgoing != null) {
            usedBytes.addAndGet(-outgoing.bytes());
        }
        return outgoing;
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
