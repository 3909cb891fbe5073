package dev.weir.topology.time;

/**
 * What one partition of a stage says about event time to every partition of the next.
 *
 * @param upstream the partition that says it
 * @param upstreams how many partitions that stage has
 * @param timeMs everything before this event time was sent before this; {@link #UNKNOWN} if it never had an event
 * @param idle true if it has read its input to the end and heard nothing for the idle time
 * @param saidAtMs wall clock of the one that says it, when it says it
 */
public record Watermark(int upstream, int upstreams, long timeMs, boolean idle, long saidAtMs) {
    /** No event yet: before every time. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    public Watermark {
        if (upstream < 0 || upstream >= upstreams) {
            throw new IllegalArgumentException("upstream is " + upstream + ", must be in [0, " + upstreams + ")");
        }
    }
}
