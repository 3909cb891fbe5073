package dev.weir.topology.time;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the consumers of this process have read the input partitions.
 *
 * <p>Written by the polling threads, read by the stages: thread-safe. It tells silence from lag: a partition is read to its
 * end only if the consumer's lag is 0 and all it delivered has been processed.
 */
public final class InputPositions {
    private record Position(long lastDelivered, OptionalLong lag) {}

    private static final long NOTHING = -1;

    private final Map<Integer, Position> positions = new ConcurrentHashMap<>();

    /** The consumer delivered {@code partition} up to {@code lastDelivered} and is {@code lag} records behind its end. */
    public void polled(int partition, OptionalLong lastDelivered, OptionalLong lag) {
        positions.merge(
                partition,
                new Position(lastDelivered.orElse(NOTHING), lag),
                (before, now) -> new Position(Math.max(before.lastDelivered(), now.lastDelivered()), lag));
    }

    /** The consumer no longer reads {@code partition}. */
    public void revoked(int partition) {
        positions.remove(partition);
    }

    /** A new task reads {@code partition} from its committed offset: nothing has been delivered to it. */
    public void restarted(int partition) {
        positions.remove(partition);
    }

    /** True if everything in {@code partition} has been processed up to {@code lastProcessed}. */
    public boolean readToEnd(int partition, long lastProcessed) {
        Position position = positions.get(partition);
        return position != null
                && position.lag().isPresent()
                && position.lag().getAsLong() == 0
                && position.lastDelivered() <= lastProcessed;
    }
}
